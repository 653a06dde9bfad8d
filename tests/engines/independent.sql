-- What AWS billed for Kiro, written from AWS's published rules alone and not from Headroom's code:
-- * an issue of an export is a folder, and the one issued last counts (Data Exports, "export delivery");
-- * within an issue identity_line_item_id and identity_time_interval name a line (CUR, "identity columns"); a row without an
--   id is a line of its own;
-- * line_item_unblended_cost is what a line costs, in line_item_currency_code; a Tax line is tax; Credit, Refund and …Discount
--   lines are taken off (CUR, "line item columns");
-- * Kiro's product codes are Kiro and, before, AmazonQ, in whatever letters; q-developer-snapshot is no charge; the operation
--   monthly-subscription is a fee, of which the usage type's end is the tier, Credits are credits, and the same credits can
--   come under a second unit (AWS's own dashboard for Kiro);
-- * the end of the resource's ARN is the user, with or without the directory in front.
WITH export AS (
  SELECT * FROM read_csv(
    ['{folder}/one/kiro-one/data/BILLING_PERIOD=2026-09/20261003T040000Z-aaaa/*',
     '{folder}/one/kiro-one/data/BILLING_PERIOD=2026-10/20261103T040000Z-cccc/*',
     '{folder}/two/kiro-two/data/*/*'],
    header = true, all_varchar = true, hive_partitioning = false, union_by_name = true)
  WHERE lower(line_item_product_code) IN ('kiro', 'amazonq')
    AND coalesce(line_item_operation, '') <> 'q-developer-snapshot'
),
line AS (
  SELECT DISTINCT * FROM export WHERE identity_line_item_id IS NOT NULL
  UNION ALL
  SELECT * FROM export WHERE identity_line_item_id IS NULL
)
SELECT
  bill_payer_account_id AS payer,
  left(bill_billing_period_start_date, 7) AS month,
  regexp_replace(coalesce(regexp_extract(line_item_resource_id, '[^/]*$'), ''), '^d-[0-9a-z]+\.', '') AS user,
  CASE
    WHEN line_item_currency_code <> 'USD' THEN line_item_currency_code
    WHEN line_item_line_item_type = 'Tax' THEN 'tax'
    WHEN line_item_line_item_type IN ('Credit', 'Refund') OR line_item_line_item_type LIKE '%Discount' THEN 'discount'
    WHEN line_item_operation = 'monthly-subscription' THEN regexp_extract(line_item_usage_type, '[^-]*$')
    WHEN line_item_operation = 'Credits' THEN 'credits'
    ELSE 'other'
  END AS what,
  sum(line_item_unblended_cost::DECIMAL(30, 12)) AS cost,
  sum(CASE WHEN line_item_operation = 'Credits' AND line_item_line_item_type = 'Usage' AND pricing_unit = 'Credits'
    THEN line_item_usage_amount::DECIMAL(30, 12) ELSE 0 END) AS credits
FROM line
GROUP BY ALL
