"""What is run in each case."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

# An empty field is asserted to mean that there is no number, so that it stays, as it does for all who
# only remove those on a list.
REQUEST = """\
[disclosure]
origin = "england-care"
boundary = "beyond-controller"
identifiability = "identifiable"
purpose = "research"
bases = ["copi-reg-5"]
conditions = []
on = 2025-01-06
[evidence.copi-reg-5]
reference = "25/CAG/0000"
from = 2025-01-01
[people]
no-nhs-number = true
no-nhs-number-at-most = 5.0
[register]
file = "{register}"
max-age-days = 3650
"""

# Case: the tables, the column that names people (`-`: the first, without a header).
CASES = {
    "wide": (["hes-apc.csv"], "NEWNHSNO"),
    "narrow": (["ids.csv"], "-"),
    "quoted": (["gp-patients.csv"], "nhs_number"),
    "tables": (["gp-patients.csv", "gp-events.csv"], "nhs_number"),
    "gz": (["hes-apc.csv.gz"], "NEWNHSNO"),
    "zst": (["hes-apc.csv.zst"], "NEWNHSNO"),
    "parquet": (["hes-apc.parquet"], "NEWNHSNO"),
    "request": (["ids.csv"], "-"),
    "decide": (["questions.ndjson"], None),
}


def shell(command):
    return ["sh", "-c", command]


def filtering(binary, request, tables, column, register, out):
    """The command that releases these tables; its request is written first."""
    person = "person = 1\nheader = false" if column == "-" else f'person = "{column}"'
    request.write_text(
        REQUEST.format(register=register)
        + "".join(f'[[table]]\nfile = "{table}"\n{person}\n' for table in tables)
    )
    return [binary / "optout", "filter", request, "--on", "today", "--out", out / "release"]


def contestants(case, work, binary, out):
    tables, column = CASES[case]
    each = lambda form: shell(" && ".join(form(work / table, out / table) for table in tables))
    yield "cat", each(lambda table, to: f"cat {table} > {to}")
    yield "cat, sync", each(lambda table, to: f"cat {table} > {to} && sync {to}")
    if case == "request":
        yield "optout", [binary / "optout", "check", "request", work / "ids.csv"] + (
            ["--position", "1", "--no-header", "--output", out / "check"]
        )
    elif case == "decide":
        program = binary / "examples" / "serde_match"
        yield "optout", each(lambda table, to: f"{binary / 'optout'} decide {table} > {to}")
        yield "serde_json, match", each(lambda table, to: f"{program} < {table} > {to}")
    else:
        inputs = [work / table for table in tables]
        yield "optout", filtering(binary, work / f"{case}.toml", inputs, column, work / "register", out)
        yield from rivals(case, column, work / "refused.txt", each)


def rivals(case, column, listed, each):
    packed = {"gz": ("zcat", "gzip -1"), "zst": ("zstdcat", "zstd -q -3")}.get(case, ("cat", "cat"))
    place = {"NEWNHSNO": 2}.get(column, 1)
    head = "" if column == "-" else "FNR==1||"
    program = f"NR==FNR{{o[$1];next}} {head}!(${place} in o)"
    lines = case in ("quoted", "tables")
    fields = "--csv" if lines else "-F,"
    if case != "parquet" and all(shutil.which(p.split()[0]) for p in ("gawk", *packed)) and takes(fields):
        gawk = f"LC_ALL=C gawk {fields} '{program}' {listed}"
        if packed[0] == "cat":
            yield "gawk", each(lambda table, to: f"{gawk} {table} > {to}")
        else:
            yield "gawk", each(lambda table, to: f"{packed[0]} {table} | {gawk} - | {packed[1]} > {to}")
    for library in ("duckdb", "polars", "pandas"):
        script = f"{sys.executable} {HERE / 'anti_join.py'} {library}"
        yield library, each(lambda table, to: f"{script} {table} {listed} {column} {to}{' lines' * lines}")


def takes(fields):
    """Whether this gawk reads fields so: before 5.3 none reads a quoted line end."""
    return subprocess.run(["gawk", fields, "1"], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
