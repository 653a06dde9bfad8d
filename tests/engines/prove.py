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
BUCKET = FOLDER / "bucket"
FILES = f"{BUCKET}/**/*.csv*"


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


def of_duckdb():
    result = FOLDER / "duckdb.csv"
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    began = time.monotonic()
    connection.execute(f"COPY ({statement('duckdb', FILES)}) TO '{result}' (HEADER)")
    said("  the statement in DuckDB", began)
    return result


def of_spark():
    from pyspark.sql import SparkSession

    folder = FOLDER / "spark"
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
        f" (path '{BUCKET}', header 'true', escape '\"', recursiveFileLookup 'true', pathGlobFilter '*.csv*')"
    )
    began = time.monotonic()
    session.sql(statement("spark", "cur")).coalesce(1).write.option("header", True).option("escape", '"').csv(str(folder))
    said("  the statement in Spark", began)
    session.stop()
    (result,) = folder.glob("part-*.csv")
    return result


def of_trino():
    """Trino can't be run here: its statement goes through a parser, which writes it for DuckDB."""
    result = FOLDER / "trino.csv"
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(
        "CREATE VIEW cur AS SELECT *, filename AS \"$path\" FROM"
        f" read_csv('{FILES}', header = true, all_varchar = true, filename = true, union_by_name = true, hive_partitioning = false)"
    )
    (written,) = sqlglot.transpile(statement("trino", "cur"), read="trino", write="duckdb")
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


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not BUCKET.exists():
        began = time.monotonic()
        subprocess.run([WRITE_IMPORTS, "aws-cost-bucket", str(ROWS), BUCKET], check=True)
        said(f"{ROWS:,} rows written", began)
    print("Dialects")
    parses()
    print("The whole")
    right, report = imported("whole", BUCKET)
    print("  " + report.strip().replace("\n", "\n  "))
    independent(right)
    for name, run in [("duckdb", of_duckdb), ("trino", of_trino), ("spark", of_spark)]:
        print(name)
        lines, _ = imported(name, run())
        same(name, lines, right)


main()
