"""Whether all kept the same rows, and gave the same verdicts: what differs is not a rival."""

import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from world import counted

# They keep everything.
COPIES = ("cat", "cat, sync")


def apart(work, *args, **options):
    """In a process of its own: a child's peak memory begins at that of its parent, which stays small."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *args, **options).result()


def rows_of(table, header):
    """How many rows a table has, and a digest of them in any order."""
    import duckdb

    if str(table).endswith(".parquet"):
        read = f"read_parquet('{table}')"
    else:
        # Told what it is: the rows are to be compared, not guessed at.
        read = f"read_csv('{table}', all_varchar = true, header = {header}, delim = ',', quote = '\"', escape = '\"')"
    with duckdb.connect() as connection:
        count, digest = connection.sql(f"SELECT count(*), sum(hash(t)) FROM {read} t").fetchall()[0]
    return count, str(digest)


def rows_in(table, header):
    return counted(table) if table.suffix == ".ndjson" else rows_of(table, header)[0]


def verdicts_of(answers):
    count, digest = 0, hashlib.sha256()
    with open(answers, "rb") as lines:
        for count, line in enumerate(lines, 1):
            answer = json.loads(line)
            digest.update(f"{answer['id']} {answer['verdict']} {answer['reason']}\n".encode())
    return count, digest.hexdigest()


def kept(out, header):
    """What a contestant left in its folder: rows, their digests, and the bytes of the tables."""
    tables = [file for file in sorted(Path(out).rglob("*")) if file.is_file() and file.suffix not in (".json", ".ctl")]
    found = [verdicts_of(file) if file.suffix == ".ndjson" else rows_of(file, header) for file in tables]
    return {
        "rows": sum(rows for rows, _ in found),
        "digests": [digest for _, digest in found],
        "bytes": sum(file.stat().st_size for file in tables),
    }


def asked(table):
    """The numbers that a request must hold: each once."""
    import duckdb

    with duckdb.connect() as connection:
        read = f"read_csv('{table}', all_varchar = true, header = false)"
        return connection.sql(f"SELECT count(DISTINCT column0) FROM {read}").fetchall()[0][0]


def differing(kept):
    """Those who kept something else than `optout` did, and how much."""
    ours = kept["optout"]
    same = lambda other: (other["rows"], other["digests"]) == (ours["rows"], ours["digests"])
    return {name: other["rows"] for name, other in kept.items() if not same(other)}
