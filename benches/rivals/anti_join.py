"""Removes the rows of listed people from a table, as each library's guide would have it done."""

import sys


def duckdb_(table, listed, column, out, _lines):
    import duckdb

    header = str(column != "column0").lower()
    read = f"read_parquet('{table}')" if table.endswith(".parquet") else (
        f"read_csv('{table}', all_varchar = true, header = {header})"
    )
    form = "FORMAT parquet" if table.endswith(".parquet") else f"FORMAT csv, HEADER {header}"
    if table.endswith(".zst"):
        form += ", COMPRESSION zstd"
    duckdb.sql(
        f"COPY (SELECT t.* FROM {read} t ANTI JOIN "
        f"read_csv('{listed}', all_varchar = true, header = false, columns = {{'number': 'VARCHAR'}}) l "
        f"ON t.{column} = l.number) TO '{out}' ({form})"
    )


def polars_(table, listed, column, out, _lines):
    import polars as pl

    people = pl.scan_csv(listed, has_header=False, infer_schema=False, new_columns=["number"])
    if table.endswith(".parquet"):
        rows = pl.scan_parquet(table)
    else:
        names = {"has_header": False, "new_columns": [column]} if column == "column_1" else {}
        rows = pl.scan_csv(table, infer_schema=False, **names)
    rows = rows.join(people, how="anti", left_on=column, right_on="number", maintain_order="left")
    if table.endswith(".parquet"):
        rows.sink_parquet(out)
    else:
        packing = {"gz": "gzip", "zst": "zstd"}.get(table.rsplit(".", 1)[-1], "uncompressed")
        rows.sink_csv(out, compression=packing, include_header=column != "column_1")


def pandas_(table, listed, column, out, lines):
    import pandas as pd

    people = pd.read_csv(listed, header=None, dtype=str, engine="pyarrow")[0]
    if table.endswith(".parquet"):
        rows = pd.read_parquet(table, dtype_backend="pyarrow")
    else:
        header = None if column == 0 else 0
        # Its engine from pyarrow stops at a line end within a field.
        engine = "c" if lines else "pyarrow"
        rows = pd.read_csv(table, dtype=str, engine=engine, dtype_backend="pyarrow", header=header)
    rows = rows[~rows[column].isin(people)]
    if table.endswith(".parquet"):
        rows.to_parquet(out, index=False)
    else:
        rows.to_csv(out, index=False, header=column != 0)


if __name__ == "__main__":
    # `lines`: fields may hold line ends.
    library, table, listed, column, out, *lines = sys.argv[1:]
    place = {"duckdb": "column0", "polars": "column_1", "pandas": 0}
    column = place[library] if column == "-" else column
    {"duckdb": duckdb_, "polars": polars_, "pandas": pandas_}[library](table, listed, column, out, bool(lines))
