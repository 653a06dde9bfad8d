-- Kiro's lines of AWS's bills by payer, month, account, user and type: one statement of Headroom's, which only reads.
-- It reads the place once. Save its result as CSV, with the names of its columns, then: headroom import aws-cost FILE
WITH cells AS (
  SELECT
    ${path} AS file_path,
    ${payer} AS payer,
    ${period} AS period,
    ${start} AS start_text,
    ${end} AS end_text,
    ${product} AS product,
    ${account} AS account,
    ${resource} AS resource,
    ${usage_type} AS usage_type,
    ${operation} AS operation,
    ${line_type} AS line_type,
    ${quantity} AS quantity_text,
    ${cost} AS cost_text,
    ${currency} AS currency,
    ${unit} AS unit,
    ${id} AS line_id,
    ${interval} AS line_interval,
    ${invoice} AS invoice,
    ${apart} AS apart
  FROM ${place}${where}
),
-- Whose month a row is of, and whether it is a charge of Kiro's.
dated AS (
  SELECT
    cells.*,
    substr(CASE WHEN period = '' THEN start_text ELSE period END, 1, 7) AS bill_month,
    CASE WHEN lower(trim(product)) IN ('kiro', 'amazonq') AND lower(operation) <> 'q-developer-snapshot' THEN 1 ELSE 0 END AS is_charge,
    CASE WHEN lower(trim(product)) IN ('kiro', 'amazonq') AND invoice = '' THEN 0 ELSE 1 END AS is_invoiced,
    CASE WHEN length(start_text) = 10 THEN start_text || ' 00:00:00' ELSE substr(replace(start_text, 'T', ' '), 1, 19) END AS start_second,
    CASE WHEN length(end_text) = 10 THEN end_text || ' 00:00:00' ELSE substr(replace(end_text, 'T', ' '), 1, 19) END AS end_second,
    TRY_CAST(CASE WHEN quantity_text = '' THEN ${no_quantity} ELSE quantity_text END AS decimal(38, 18)) AS quantity,
    TRY_CAST(cost_text AS decimal(38, 18)) AS cost
  FROM cells
),
-- Rows that nothing tells apart, once for each file, of other products one for each month.
counted AS (
  SELECT
    file_path, payer, bill_month, is_charge,
    CASE WHEN is_charge = 1 AND (cost IS NULL OR quantity IS NULL) THEN 1 ELSE 0 END AS is_unread,
    CASE WHEN is_charge = 1 THEN account ELSE '' END AS account,
    CASE WHEN is_charge = 1 THEN resource ELSE '' END AS resource,
    CASE WHEN is_charge = 1 THEN usage_type ELSE '' END AS usage_type,
    CASE WHEN is_charge = 1 THEN operation ELSE '' END AS operation,
    CASE WHEN is_charge = 1 THEN line_type ELSE '' END AS line_type,
    CASE WHEN is_charge = 1 THEN currency ELSE '' END AS currency,
    CASE WHEN is_charge = 1 THEN unit ELSE '' END AS unit,
    CASE WHEN is_charge = 1 THEN invoice ELSE '' END AS invoice,
    CASE WHEN is_charge = 1 THEN line_id ELSE '' END AS line_id,
    CASE WHEN is_charge = 1 THEN line_interval ELSE '' END AS line_interval,
    CASE WHEN is_charge = 1 THEN start_second ELSE '' END AS start_second,
    CASE WHEN is_charge = 1 THEN end_second ELSE '' END AS end_second,
    CASE WHEN is_charge = 1 THEN apart ELSE '' END AS apart,
    CASE WHEN is_charge = 1 THEN quantity END AS quantity,
    CASE WHEN is_charge = 1 THEN cost END AS cost,
    count(*) AS times,
    sum(CASE WHEN is_charge = 1 THEN quantity END) AS quantity_of_all,
    sum(CASE WHEN is_charge = 1 THEN cost END) AS cost_of_all,
    min(is_invoiced) AS is_invoiced,
    max(CASE WHEN substr(start_second, 1, 7) = bill_month THEN start_second ELSE '' END) AS newest
  FROM dated${months}
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
),
-- What a file's path says of its issue.
split AS (
  SELECT
    counted.*,
    CASE WHEN line_id <> '' AND line_interval <> '' THEN 1 ELSE 0 END AS has_id,
    coalesce(regexp_extract(file_path, '^(.*)/[^/]*$', 1), '') AS folder_path,
    coalesce(regexp_extract(file_path, '([^/]*)$', 1), '') AS file_name,
    regexp_replace(coalesce(regexp_extract(lower(file_path), '([^/]*)$', 1), ''), '([.](csv|gz|zip|snappy|parquet|txt)| *[(][0-9]+[)])+$', '') AS base,
    coalesce(regexp_extract(resource, '([^/]*)$', 1), '') AS resource_end
  FROM counted
),
named AS (
  SELECT
    split.*,
    CASE WHEN resource_end LIKE 'd-%._%' THEN regexp_replace(resource_end, '^d-[^.]*[.]', '') ELSE resource_end END AS user_key,
    coalesce(regexp_extract(folder_path, '([^/]*)$', 1), '') AS folder,
    coalesce(regexp_extract(folder_path, '^(.*)/[^/]*$', 1), '') AS above_path,
    coalesce(regexp_extract(folder_path, '([^/]*)/[^/]*$', 1), '') AS above,
    CASE
      WHEN coalesce(regexp_extract(base, '(^|[^0-9])[0-9]{4}(-[0-9]{2}){1,2}$', 0), '') <> '' THEN base
      WHEN coalesce(regexp_extract(base, '-(19|20)[0-9]{2}$', 0), '') <> '' THEN base
      ELSE regexp_replace(base, '-[0-9]{1,5}$', '')
    END AS stem,
    ${folder_time} AS folder_time,
    ${file_time} AS file_time
  FROM split
),
placed AS (
  SELECT
    named.*,
    CASE
      WHEN folder_time <> '' THEN 'time'
      WHEN coalesce(regexp_extract(lower(folder), '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', 0), '') <> ''
        AND coalesce(regexp_extract(above, '^[0-9]{8}-[0-9]{8}$', 0), '') <> '' THEN 'assembly'
      WHEN file_time <> '' THEN 'file'
      ELSE 'place'
    END AS way
  FROM named
),
issued AS (
  SELECT
    placed.*,
    CASE way
      WHEN 'time' THEN 'time ' || lower(folder) || ' ' || stem
      WHEN 'assembly' THEN 'assembly ' || lower(folder)
      WHEN 'file' THEN 'file ' || file_time || ' ' || folder_path || '/' || replace(stem, lower(file_time), '')
      ELSE 'place ' || folder_path || '/' || stem
    END AS issue,
    CASE
      WHEN stem <> '' AND position('/' || stem || '/' IN lower(folder_path) || '/') > 0 THEN 'export ' || stem
      WHEN way IN ('time', 'assembly') THEN 'family ' || above_path
      WHEN way = 'file' THEN 'family ' || folder_path || '/' || replace(stem, lower(file_time), '')
      ELSE 'family ' || folder_path || '/' || stem
    END AS export,
    CASE way
      WHEN 'time' THEN rpad(regexp_replace(folder_time, '[^0-9]', ''${global}), 23, '0')
      WHEN 'file' THEN rpad(regexp_replace(file_time, '[^0-9]', ''${global}), 23, '0')
      ELSE ''
    END AS issued_at,
    ${current} AS is_current,
    payer || '|' || bill_month || '|' || account || '|' || resource || '|' || usage_type || '|' || operation || '|' || line_type || '|' || currency
      || '|' || CAST(quantity AS ${text}) || '|' || CAST(cost AS ${text}) AS content
  FROM placed${named_files}
),
keyed AS (
  SELECT
    issued.*,
    CASE
      WHEN has_id = 1 THEN line_id || ' ' || line_interval
      ELSE content || '|' || unit || '|' || invoice || '|' || line_id || '|' || line_interval || '|' || start_second || '|' || end_second || '|' || apart
        || CASE WHEN resource = '' THEN substr(base, length(stem) + 1) ELSE '' END
    END AS line_key,
    CASE WHEN has_id = 0 AND resource = '' THEN 1 ELSE 0 END AS is_nobodys
  FROM issued
),
-- Of the same line of an issue's month of a payer the first counts, without an id and a user, of each part as many as its file has.
numbered AS (
  SELECT
    keyed.*,
    max(newest) OVER (PARTITION BY issue, payer, bill_month) AS issue_newest,
    min(is_invoiced) OVER (PARTITION BY issue, payer, bill_month) AS issue_invoiced,
    min(file_path) OVER (PARTITION BY issue) AS issue_path,
    row_number() OVER (
      PARTITION BY issue, payer, bill_month, is_charge, is_unread, line_key
      ORDER BY CASE WHEN is_nobodys = 1 THEN 0 - times ELSE 0 END, file_path, content
    ) AS place_of_line,
    first_value(content) OVER (
      PARTITION BY issue, payer, bill_month, is_charge, is_unread, line_key
      ORDER BY CASE WHEN is_nobodys = 1 THEN 0 - times ELSE 0 END, file_path, content
    ) AS content_that_counts
  FROM keyed
),
-- Of the issues of an export's month the latest: what a manifest names, then the time it was issued at, the newest line, the
-- invoice. Where only some have a time, all stay, and the import decides.
ranked AS (
  SELECT
    numbered.*,
    min(CASE WHEN issued_at = '' THEN 0 ELSE 1 END) OVER (PARTITION BY export, payer, bill_month) AS all_have_a_time,
    max(CASE WHEN issued_at = '' THEN 0 ELSE 1 END) OVER (PARTITION BY export, payer, bill_month) AS some_have_a_time,
    rank() OVER (
      PARTITION BY export, payer, bill_month
      ORDER BY least(is_current, 1) DESC, issued_at DESC, issue_newest DESC, issue_invoiced DESC
    ) AS place_of_issue
  FROM numbered
),
chosen AS (
  SELECT
    ranked.*,
    CASE WHEN is_charge = 1 AND is_unread = 0 AND place_of_line = 1 THEN 1 ELSE 0 END AS counts,
    ${paid_back} AS type_that_counts,
    CASE WHEN is_nobodys = 1 THEN times ELSE 1 END AS times_that_count,
    CASE WHEN is_nobodys = 1 THEN cost_of_all ELSE cost END AS cost_that_counts,
    CASE WHEN is_nobodys = 1 THEN quantity_of_all ELSE quantity END AS quantity_that_counts
  FROM ranked
  WHERE place_of_issue = 1 OR all_have_a_time <> some_have_a_time
),
summed AS (
  SELECT
    payer, bill_month, issue_path, is_current, issue_newest, issue_invoiced,
    account, user_key, usage_type, operation, type_that_counts AS line_type, currency, unit,
    sum(CASE WHEN counts = 1 THEN quantity_that_counts ELSE ${zero} END) AS quantity,
    sum(CASE WHEN counts = 1 THEN cost_that_counts ELSE ${zero} END) AS cost,
    sum(CASE WHEN counts = 1 THEN times_that_count ELSE 0 END) AS lines_that_count,
    sum(CASE WHEN counts = 1 AND has_id = 0 THEN times_that_count ELSE 0 END) AS lines_without_id,
    sum(CASE
      WHEN is_charge = 0 OR is_unread = 1 OR content <> content_that_counts THEN 0
      WHEN counts = 1 THEN times - times_that_count
      ELSE times
    END) AS copies,
    sum(CASE WHEN is_charge = 1 AND is_unread = 0 AND content <> content_that_counts THEN times ELSE 0 END) AS differing,
    sum(CASE WHEN is_unread = 1 THEN times ELSE 0 END) AS unread
  FROM chosen
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
)
SELECT
  '1' AS headroom_result,
  '${layout}' AS headroom_layout,
  '${has_manifests}' AS headroom_manifests,
  substr(CAST(${now} AS ${text}), 1, 19) AS headroom_run_at,
  count(*) OVER () AS headroom_rows,
  sum(cost) OVER () AS headroom_cost,
  sum(quantity) OVER () AS headroom_quantity,
  issue_path AS headroom_issue,
  ${said_current} AS headroom_current,
  issue_newest AS headroom_newest,
  issue_invoiced AS headroom_invoiced,
  lines_that_count AS headroom_lines,
  lines_without_id AS headroom_without_id,
  copies AS headroom_copies,
  differing AS headroom_differing,
  unread AS headroom_unread,
  payer AS bill_payer_account_id,
  bill_month AS bill_billing_period_start_date,
  account AS line_item_usage_account_id,
  user_key AS line_item_resource_id,
  usage_type AS line_item_usage_type,
  operation AS line_item_operation,
  line_type AS line_item_line_item_type,
  currency AS line_item_currency_code,
  unit AS pricing_unit,
  quantity AS line_item_usage_amount,
  cost AS line_item_unblended_cost
FROM summed
ORDER BY 17, 18, 8, 19, 20, 21, 22, 23, 24, 25
