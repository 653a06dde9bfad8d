"""Proves `headroom sql`: what an engine sums where the bills lie, imported, is what importing the whole files gives.

Usage: prove.py HEADROOM WRITE-IMPORTS FOLDER [ROWS]. Exits with 1 where anything differs.
"""

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import duckdb
import sqlglot

HEADROOM, WRITE_IMPORTS, FOLDER = (Path(argument).resolve() for argument in sys.argv[1:4])
ROWS = int(sys.argv[4]) if len(sys.argv) > 4 else 10_000_000
BUCKET, FOCUS = FOLDER / "bucket", FOLDER / "focus"


def said(what, began):
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)


def headroom(*arguments, data=None):
    environment = dict(os.environ, HEADROOM_DATA_DIR=str(data or FOLDER / "nobody"))
    run = subprocess.run([HEADROOM, *map(str, arguments)], env=environment, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"headroom {' '.join(map(str, arguments))}: {run.stderr}")
    return run.stdout


def statement(engine, *arguments):
    return headroom("sql", "--engine", engine, *arguments)


def amount(whole, fine):
    return Decimal(whole).scaleb(-9) + Decimal(fine).scaleb(-27)


def imported(name, path):
    """Every line that is kept of an import into empty data: by payer, month, account, region, user, kind and name."""
    data = FOLDER / f"data-{name}"
    shutil.rmtree(data, ignore_errors=True)
    began = time.monotonic()
    report = headroom("import", "aws-cost", path, data=data)
    said(f"  import of {name}", began)
    connection = sqlite3.connect(data / "headroom.db")
    rows = connection.execute(
        "SELECT payer, month, usage_account, region, user, kind, name, quantity, quantity_fine, cost, cost_fine"
        " FROM bills JOIN bill_lines ON bill_id = bills.id"
    ).fetchall()
    lines = {row[:7]: (amount(*row[7:9]), amount(*row[9:11])) for row in rows}
    if len(lines) != len(rows):
        sys.exit(f"{name}: a line stands twice in what was kept\n{report}")
    return lines, report


def same(name, lines, right):
    if lines == right:
        print(f"  {name}: {len(lines)} lines, the same to the last digit")
        return
    for place in sorted(set(lines) | set(right), key=str):
        if lines.get(place) != right.get(place):
            print(f"  {place}: {lines.get(place)}, not {right.get(place)}", file=sys.stderr)
    sys.exit(f"{name} differs from importing the whole")


def of_duckdb(bucket, *arguments):
    result = FOLDER / f"duckdb-{bucket.name}.csv"
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    began = time.monotonic()
    written = statement("duckdb", f"{bucket}/**/*.csv*", *arguments)
    connection.execute(f"COPY ({written}) TO '{result}' (HEADER)")
    said("  the statement in DuckDB", began)
    return result


def of_spark(bucket, *arguments):
    from pyspark.sql import SparkSession

    folder = FOLDER / f"spark-{bucket.name}"
    shutil.rmtree(folder, ignore_errors=True)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.driver.memory", "3g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.local.dir", str(FOLDER / "spark-scratch"))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    session.sql(
        "CREATE OR REPLACE TEMPORARY VIEW cur USING csv OPTIONS"
        f" (path '{bucket}', header 'true', escape '\"', recursiveFileLookup 'true', pathGlobFilter '*.csv*')"
    )
    began = time.monotonic()
    written = statement("spark", "cur", *arguments)
    session.sql(written).coalesce(1).write.option("header", True).option("escape", '"').csv(str(folder))
    said("  the statement in Spark", began)
    session.stop()
    (result,) = folder.glob("part-*.csv")
    return result


def of_trino(bucket, *arguments):
    """Trino can't be run here: its statement goes through a parser, which writes it for DuckDB."""
    result = FOLDER / f"trino-{bucket.name}.csv"
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(
        "CREATE VIEW cur AS SELECT *, filename AS \"$path\" FROM"
        f" read_csv('{bucket}/**/*.csv*', header = true, all_varchar = true, filename = true, union_by_name = true, hive_partitioning = false)"
    )
    (written,) = sqlglot.transpile(statement("trino", "cur", *arguments), read="trino", write="duckdb")
    began = time.monotonic()
    connection.execute(f"COPY ({written}) TO '{result}' (HEADER)")
    said("  Trino's statement, written for DuckDB by sqlglot", began)
    return result


def parses():
    """Each dialect, in each form in which it is asked for, is one statement that only reads."""
    odd = "my \"data\".it's`odd`"
    forms = [
        ["billing.cur"],
        [odd],
        ["billing.cur", "--layout", "legacy"],
        ["billing.cur", "--layout", "focus"],
        ["billing.cur", "--layout", "focus", "--lacks", "SkuPriceId", "--lacks", "ChargeClass"],
        ["billing.cur", "--layout", "legacy", "--lacks", "identity/LineItemId"],
        ["billing.cur", "--from", "2026-01", "--partition", "billing-period", "--lacks", "line_item_resource_id"],
        ["billing.cur", "--from", "2026-01", "--partition", "year-month"],
    ]
    for engine in ["athena", "trino", "spark", "duckdb"]:
        for form in forms:
            trees = sqlglot.parse(statement(engine, *form), dialect=engine)
            if len(trees) != 1 or not isinstance(trees[0], sqlglot.exp.Select):
                sys.exit(f"{engine} {form}: {trees}")
            tables = {table.name for table in trees[0].find_all(sqlglot.exp.Table)}
            tables -= {name.alias for name in trees[0].find_all(sqlglot.exp.CTE)}
            place = "it's`odd`" if form[0] == odd else "cur"
            if tables != {place}:
                sys.exit(f"{engine} {form}: reads {tables}")
    print(f"  {len(forms)} forms of 4 dialects: one statement each, of one table")


def independent(right):
    """The sums of a second opinion beside those of the import, by payer, month, user and kind."""
    text = (Path(__file__).parent / "independent.sql").read_text().replace("{folder}", str(BUCKET))
    began = time.monotonic()
    rows = duckdb.connect().execute(text).fetchall()
    said("  the independent statement", began)
    names = {"subscription": str, "credits": lambda _: "credits", "tax": lambda _: "tax", "discount": lambda _: "discount"}
    tiers = {"Pro": "pro", "ProPlus": "pro-plus", "Power": "power"}
    sums = {}
    for (payer, month, _, _, user, kind, name), (quantity, cost) in right.items():
        place = (payer, month, user, names.get(kind, str)(name))
        known = sums.get(place, (Decimal(0), Decimal(0)))
        credits = quantity if kind == "credits" else Decimal(0)
        sums[place] = (known[0] + cost, known[1] + credits)
    theirs = {(p, m, u, tiers.get(what, what)): (cost, credits) for p, m, u, what, cost, credits in rows}
    if sums != theirs:
        for place in sorted(set(sums) | set(theirs), key=str)[:40]:
            if sums.get(place) != theirs.get(place):
                print(f"  {place}: {sums.get(place)}, not {theirs.get(place)}", file=sys.stderr)
        sys.exit("the independent statement comes to something else")
    total = sum(cost for (_, _, _, what), (cost, _) in theirs.items() if what not in ("tax", "EUR"))
    print(f"  the independent statement: {len(theirs)} sums, the same; ${total:.2f} in all before tax")


def write_focus():
    """A FOCUS export, whose lines have no ids: of each user of some tier lines that differ in one column alone, a part that was
    copied elsewhere, lines that stand there twice, and two people without names."""
    header = (
        "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargePeriodEnd,"
        "ChargePeriodStart,ConsumedQuantity,ConsumedUnit,InvoiceId,ResourceId,SkuId,SkuPriceId,SubAccountId,x_Operation,"
        "x_ServiceCode,x_UsageType"
    ).split(",")
    alike = {
        "BilledCost": "-5.0", "BillingAccountId": "111122223333", "BillingCurrency": "USD", "BillingPeriodStart": "2026-10-01T00:00:00Z",
        "ChargeCategory": "Credit", "ChargePeriodStart": "2026-10-01T00:00:00Z", "ChargePeriodEnd": "2026-11-01T00:00:00Z",
        "SubAccountId": "700000000001", "x_Operation": "monthly-subscription", "x_ServiceCode": "Kiro",
        "x_UsageType": "USE1-KiroEnterprise-Pro",
    }
    lines = []
    for user in range(400):
        named = dict(alike, ResourceId=f"arn:aws:identitystore:::user/{'d-9067642ac7.' if user % 2 else ''}u{user}")
        lines.append(dict(named, ChargeCategory="Purchase", BilledCost="20.0", ChargeDescription="Pro"))
        for column, texts in [
            ("ChargeDescription", ["Migration credit", "Startup credit, second", "It's \"late\""]),
            ("ChargeClass", ["Correction"]),
            ("SkuId", ["ABC", "ABD"]),
            ("SkuPriceId", ["ABC.1", "ABC.2"]),
        ]:
            lines += [dict(named, **{column: text}) for text in texts]
    twice = lines[::7]
    nobodys = [dict(alike, ChargeCategory="Purchase", BilledCost="20.0", ChargeDescription=text) for text in ["Pro", "Pro", "Other"]]
    parts = {
        "focus/data/BILLING_PERIOD=2026-10/20261103T040000Z-a/focus-00001.csv": lines[: len(lines) // 2] + twice,
        "focus/data/BILLING_PERIOD=2026-10/20261103T040000Z-a/focus-00002.csv": lines[len(lines) // 2 :] + nobodys,
        "copy/20261103T040000Z-a/focus-00002.csv": lines[len(lines) // 2 :] + nobodys,
    }
    for name, rows in parts.items():
        path = FOCUS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, header, restval="")
            writer.writeheader()
            writer.writerows(rows)
    # Every line of these files once, and each of those without a name: written down from what was written, not from a reader.
    return sum(Decimal(line["BilledCost"]) for line in lines + nobodys)


def compared(bucket, total, *arguments):
    right, report = imported(f"whole-{bucket.name}", bucket)
    print("  " + report.strip().replace("\n", "\n  "))
    if total is None:
        independent(right)
    elif total != sum(cost for (*_, kind, _), (_, cost) in right.items() if kind != "tax"):
        sys.exit(f"{bucket}: not ${total}")
    for name, run in [("duckdb", of_duckdb), ("trino", of_trino), ("spark", of_spark)]:
        print(name)
        lines, _ = imported(f"{name}-{bucket.name}", run(bucket, *arguments))
        same(name, lines, right)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not BUCKET.exists():
        began = time.monotonic()
        subprocess.run([WRITE_IMPORTS, "aws-cost-bucket", str(ROWS), BUCKET], check=True)
        said(f"{ROWS:,} rows written", began)
    print("Dialects")
    parses()
    print("CUR 2.0, with ids")
    compared(BUCKET, None)
    print("FOCUS, without ids")
    compared(FOCUS, write_focus(), "--layout", "focus")


main()
