"""Times whole commands side by side, in interleaved rounds, and prints medians and ratios."""

import argparse
import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent

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
}


def generate(work, binary, rows, people):
    """Files that are there are taken as they are."""
    example = binary / "examples" / "generate"
    sizes = {
        "hes-apc.csv": rows,
        "ids.csv": rows * 6,
        "gp-patients.csv": 0,
        "gp-events.csv": people // 10,
        "register": 0,
        "opted-out.txt": 0,
    }
    for name, count in sizes.items():
        if not (work / name).exists():
            # A practice system's share of the people.
            some = people // 10 if name.startswith("gp-") else people
            subprocess.run(
                [example, work, "--rows", str(count), "--people", str(some), "--wide-range", "--only", name],
                check=True,
            )
    wide = work / "hes-apc.csv"
    if not (work / "hes-apc.csv.gz").exists():
        with open(wide, "rb") as read, gzip.open(work / "hes-apc.csv.gz", "wb", compresslevel=1) as out:
            shutil.copyfileobj(read, out, 1 << 20)
    if not (work / "hes-apc.csv.zst").exists():
        import pyarrow as pa

        with open(wide, "rb") as read, pa.CompressedOutputStream(str(work / "hes-apc.csv.zst"), "zstd") as out:
            shutil.copyfileobj(read, out, 1 << 20)
    if not (work / "hes-apc.parquet").exists():
        import duckdb

        duckdb.sql(
            f"COPY (FROM read_csv('{wide}', all_varchar = true)) TO '{work / 'hes-apc.parquet'}' (FORMAT parquet)"
        )


def contestants(case, work, binary):
    tables, column = CASES[case]
    out = work / "out"
    listed = work / "opted-out.txt"
    request = work / f"{case}.toml"
    person = "person = 1\nheader = false" if column == "-" else f'person = "{column}"'
    request.write_text(
        REQUEST.format(register=work / "register")
        + "".join(f'[[table]]\nfile = "{work / table}"\n{person}\n' for table in tables)
    )
    shell = lambda command: ["sh", "-c", command]
    each = lambda form: shell(" && ".join(form(work / table, out / table) for table in tables))
    yield "cat", each(lambda table, to: f"cat {table} > {to}")
    yield "cat, sync", each(lambda table, to: f"cat {table} > {to} && sync {to}")
    yield "optout", [binary / "optout", "filter", request, "--on", "today", "--out", out / "release"]
    packed = {"gz": ("zcat", "gzip -1"), "zst": ("zstdcat", "zstd -q -3")}.get(case)
    place = {"NEWNHSNO": 2}.get(column, 1)
    head = "" if column == "-" else "FNR==1||"
    program = f"NR==FNR{{o[$1];next}} {head}!(${place} in o)"
    if case != "parquet" and all(shutil.which(p.split()[0]) for p in ("gawk", *(packed or ()))):
        read, write = packed or ("cat", "cat")
        yield "gawk", each(
            lambda table, to: f"{read} {table} | LC_ALL=C gawk -F, '{program}' {listed} - | {write} > {to}"
            if packed
            else f"LC_ALL=C gawk -F, '{program}' {listed} {table} > {to}"
        )
    for library in ("duckdb", "polars", "pandas"):
        if library == "pandas" and case == "zst":
            continue  # its reader takes no zstd stream
        yield library, each(
            lambda table, to: f"{sys.executable} {HERE / 'anti_join.py'} {library} {table} {listed} {column} {to}"
        )


def run(argv, out):
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    began = time.perf_counter()
    process = subprocess.Popen([str(a) for a in argv], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if status != 0:
        return None, errors.strip().splitlines()[-1:] or ["failed"]
    return (wall, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime), None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--people", type=int, default=60_000_000)
    parser.add_argument("--json", type=Path, help="also write the results here")
    parser.add_argument("cases", nargs="*")
    args = parser.parse_args()
    generate(args.work, args.bin, args.rows, args.people)
    libraries = {name: version(name) for name in ("duckdb", "pandas", "polars", "pyarrow")}
    print(platform.platform(), os.cpu_count(), "cores;", libraries)
    results = {}
    for case in args.cases or CASES:
        tables = CASES[case][0]
        size = sum((args.work / table).stat().st_size for table in tables)
        seen = {}
        for _ in range(args.rounds):
            for name, argv in contestants(case, args.work, args.bin):
                measured, why = run(argv, args.work / "out")
                if measured:
                    seen.setdefault(name, []).append(measured)
                else:
                    print(f"{case}: {name} failed: {why[0]}")
        cat = statistics.median(wall for wall, _, _ in seen["cat"])
        ours = statistics.median(wall for wall, _, _ in seen["optout"])
        print(f"\n{case}: {', '.join(tables)}, {size / 1e9:.2f} GB")
        print(f"{'':12}{'median s':>10}{'from':>8}{'to':>8}{'cpu s':>8}{'MB':>7}{'x cat':>8}{'x optout':>10}")
        for name, rounds in seen.items():
            walls = [wall for wall, _, _ in rounds]
            wall = statistics.median(walls)
            print(
                f"{name:12}{wall:10.2f}{min(walls):8.2f}{max(walls):8.2f}"
                f"{statistics.median(cpu for _, _, cpu in rounds):8.2f}{max(mb for _, mb, _ in rounds):7.0f}"
                f"{wall / cat:8.2f}{wall / ours:10.1f}"
            )
        results[case] = {"bytes": size, "seconds": seen}
    shutil.rmtree(args.work / "out", ignore_errors=True)
    if args.json:
        args.json.write_text(json.dumps({"libraries": libraries, "cases": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
