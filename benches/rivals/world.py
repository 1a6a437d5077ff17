"""The files that everyone is given; those that are there are taken as they are."""

import gzip
import shutil
import subprocess

SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 60_000_000)


def generate(work, binary, rows, people):
    sizes = {
        "hes-apc.csv": rows,
        "ids.csv": rows * 6,
        "gp-patients.csv": 0,
        "gp-events.csv": people // 10,
        "register": 0,
        "refused.txt": 0,
    }
    for name, count in sizes.items():
        if not (work / name).exists():
            # A practice system's share of the people.
            some = people // 10 if name.startswith("gp-") else people
            subprocess.run(
                [binary / "examples" / "generate", work, "--wide-range", "--only", name]
                + ["--rows", str(count), "--people", str(some)],
                check=True,
            )
    questions = work / "questions.ndjson"
    if not questions.exists():
        with open(questions, "wb") as out:
            program = binary / "examples" / "serde_match"
            subprocess.run([program, "--questions", str(min(rows, 1_000_000))], stdout=out, check=True)
    pack(work)


def pack(work):
    wide = work / "hes-apc.csv"
    packed = work / "hes-apc.csv.gz"
    if not packed.exists():
        with open(wide, "rb") as read, gzip.open(packed, "wb", compresslevel=1) as out:
            shutil.copyfileobj(read, out, 1 << 20)
    packed = work / "hes-apc.csv.zst"
    if not packed.exists():
        import pyarrow as pa

        with open(wide, "rb") as read, pa.CompressedOutputStream(str(packed), "zstd") as out:
            shutil.copyfileobj(read, out, 1 << 20)
    packed = work / "hes-apc.parquet"
    if not packed.exists():
        import duckdb

        duckdb.sql(f"COPY (FROM read_csv('{wide}', all_varchar = true)) TO '{packed}' (FORMAT parquet)")


def heads(work, name, header):
    """A table's first row, for what it costs to begin, and its heads of each size, ends of lines all."""
    whole = work / name
    rows_there = counted(whole) - header
    found = {}
    for rows in (1, *(size for size in SIZES if size <= rows_there)):
        head = whole
        if rows < rows_there:
            head = work / f"{name.removesuffix('.csv')}-{rows}.csv"
        if not head.exists():
            with open(head, "wb") as out:
                subprocess.run(["head", "-n", str(rows + header), whole], stdout=out, check=True)
        found[rows] = head
    return found


def counted(table):
    with open(table, "rb") as read:
        return sum(block.count(b"\n") for block in iter(lambda: read.read(1 << 20), b""))
