"""Removes the rows of listed people from a table, as each library's guide would have it done."""

import sys


def duckdb_(table, listed, column, out):
    import duckdb

    read = f"read_parquet('{table}')" if table.endswith(".parquet") else (
        f"read_csv('{table}', all_varchar = true, header = {str(column != 'column0').lower()})"
    )
    form = "FORMAT parquet" if table.endswith(".parquet") else "FORMAT csv, HEADER"
    if table.endswith(".zst"):
        form += ", COMPRESSION zstd"
    duckdb.sql(
        f"COPY (SELECT t.* FROM {read} t ANTI JOIN "
        f"read_csv('{listed}', all_varchar = true, header = false, columns = {{'number': 'VARCHAR'}}) l "
        f"ON t.{column} = l.number) TO '{out}' ({form})"
    )


def polars_(table, listed, column, out):
    import polars as pl

    people = pl.scan_csv(listed, has_header=False, infer_schema=False, new_columns=["number"])
    if table.endswith(".parquet"):
        rows = pl.scan_parquet(table)
    else:
        rows = pl.scan_csv(table, infer_schema=False, has_header=column != "column_1", new_columns=["column_1"] if column == "column_1" else None)
    rows = rows.join(people, how="anti", left_on=column, right_on="number", maintain_order="left")
    if table.endswith(".parquet"):
        rows.sink_parquet(out)
    else:
        packing = {"gz": "gzip", "zst": "zstd"}.get(table.rsplit(".", 1)[-1], "uncompressed")
        rows.sink_csv(out, compression=packing)


def pandas_(table, listed, column, out):
    import pandas as pd

    people = pd.read_csv(listed, header=None, dtype=str, engine="pyarrow")[0]
    if table.endswith(".parquet"):
        rows = pd.read_parquet(table, dtype_backend="pyarrow")
    else:
        header = None if column == 0 else 0
        rows = pd.read_csv(table, dtype=str, engine="pyarrow", dtype_backend="pyarrow", header=header)
    rows = rows[~rows[column].isin(people)]
    if table.endswith(".parquet"):
        rows.to_parquet(out)
    else:
        rows.to_csv(out, index=False, header=column != 0)


if __name__ == "__main__":
    library, table, listed, column, out = sys.argv[1:]
    place = {"duckdb": "column0", "polars": "column_1", "pandas": 0}
    column = place[library] if column == "-" else column
    {"duckdb": duckdb_, "polars": polars_, "pandas": pandas_}[library](table, listed, column, out)
