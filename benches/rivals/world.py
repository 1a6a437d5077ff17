"""The files that everyone is given; those that are there are taken as they are."""

import gzip
import shutil
import subprocess

SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 60_000_000)


PACKED = ("hes-apc.csv.gz", "hes-apc.csv.zst", "hes-apc.parquet")


def generate(work, binary, rows, people, wanted):
    """Makes those of the wanted files that are not there."""
    wanted = {"hes-apc.csv" if name in PACKED else name for name in wanted} | set(wanted)
    counts = {"hes-apc.csv": rows, "ids.csv": rows * 6, "gp-events.csv": people // 10}
    for name in sorted(name for name in wanted if not (work / name).exists() and name not in PACKED):
        if name == "questions.ndjson":
            with open(work / name, "wb") as out:
                program = binary / "examples" / "serde_match"
                subprocess.run([program, "--questions", str(min(rows, 1_000_000))], stdout=out, check=True)
            continue
        # A practice system's share of the people.
        some = people // 10 if name.startswith("gp-") else people
        subprocess.run(
            [binary / "examples" / "generate", work, "--wide-range", "--only", name]
            + ["--rows", str(counts.get(name, 0)), "--people", str(some)],
            check=True,
        )
    for name in PACKED:
        if name in wanted and not (work / name).exists():
            pack(work / "hes-apc.csv", work / name)


def pack(wide, packed):
    if packed.suffix == ".gz":
        with open(wide, "rb") as read, gzip.open(packed, "wb", compresslevel=1) as out:
            shutil.copyfileobj(read, out, 1 << 20)
    elif packed.suffix == ".zst":
        import pyarrow as pa

        with open(wide, "rb") as read, pa.CompressedOutputStream(str(packed), "zstd") as out:
            shutil.copyfileobj(read, out, 1 << 20)
    else:
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
