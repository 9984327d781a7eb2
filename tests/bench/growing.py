"""Grows a street to as many patrols as wanted: its own visits again and again, each with a key of its own."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data.contract import ledgers
from data.store.batches import REJECTED, REJECTED_SCHEMA, Batch, Draft, batch_id_of, parquet_schema, seal
from data.warehouse import Snapshot

MOST_HAZARDS = 400_000
PATROLS, HAZARDS = "patrol_log", "hazard"
SUFFIX = "case when copy > 0 then '-' || copy else '' end"
# A copy keeps its day and its place; its minute differs, so that times are not all alike.
GROWN = f"""
select * exclude (copy, nth) replace (
    record_key || {SUFFIX} as record_key,
    {{key}} || {SUFFIX} as {{key}},
    {{more}}
)
from (select *, row_number() over () - 1 as nth from base)
cross join (select unnest(range($copies)) as copy)
where copy * $held + nth < $wanted
"""


def drafts(base: Snapshot, folder: Path, patrols: int) -> list[Draft]:
    """The street's ledgers as drafts in `folder`: its patrols grown year by year, its hazards in proportion.

    Hazards stop at 400,000. Every other ledger stays as it is.
    """
    held = {ledger.table: _rows(base, ledger.table) for ledger in ledgers().values()}
    hazards = round(held[HAZARDS].num_rows * patrols / max(held[PATROLS].num_rows, 1))
    hazards = max(held[HAZARDS].num_rows, min(hazards, MOST_HAZARDS))
    tables = {name: rows for name, rows in held.items() if rows.num_rows and name not in (PATROLS, HAZARDS)}
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(folder / "spill")}) as growing:
        # a copy stands at a place of its own, or every hazard would have come back and been told again
        more = f"reopen_of || {SUFFIX} as reopen_of, place || {SUFFIX} as place, lon + 0.001 * copy as lon"
        tables[HAZARDS] = _grow(growing, held[HAZARDS], hazards, "hazard_no", more).to_arrow_table()
        sealed = [_sealed(base, folder, "ledgers", tables)]
        more = "patrolled_at - to_minutes(copy % 47) as patrolled_at"
        visits = _grow(growing, held[PATROLS], patrols, "patrol_no", more)
        # a name for the relation that the years below are cut from
        visits.create("visits")
        for year in _years(growing):
            own = growing.sql(
                f"select * from visits where year(patrolled_at) = {year} order by patrolled_at, record_key"
            )
            sealed.append(_sealed(base, folder, f"patrols {year}", {PATROLS: own.to_arrow_table()}))
    return sealed


def _years(growing: duckdb.DuckDBPyConnection) -> Iterator[int]:
    found = growing.sql("select distinct year(patrolled_at) as year from visits order by year").fetchall()
    yield from (year for (year,) in found)


def _rows(base: Snapshot, table: str) -> pa.Table:
    """A ledger's current rows, as its Parquet orders them."""
    ledger = next(each for each in ledgers().values() if each.table == table)
    names = ", ".join(parquet_schema(ledger).names)
    with base.cursor() as cursor:
        return cursor.sql(f"select {names} from {table} order by record_key").to_arrow_table()


def _grow(
    growing: duckdb.DuckDBPyConnection, base: pa.Table, wanted: int, key: str, more: str
) -> duckdb.DuckDBPyRelation:
    growing.register("arriving", base)
    growing.execute("create or replace temp table base as select * from arriving")
    held = base.num_rows
    values = {"copies": -(-wanted // held), "held": held, "wanted": wanted}
    return growing.sql(GROWN.format(key=key, more=more), params=values)


def _sealed(base: Snapshot, folder: Path, name: str, tables: dict[str, pa.Table]) -> Draft:
    sha256 = hashlib.sha256(f"{folder} {name}".encode()).hexdigest()
    own = folder / batch_id_of(sha256)
    own.mkdir(parents=True)
    for table, rows in tables.items():
        pq.write_table(rows, own / f"{table}.parquet")
    pq.write_table(REJECTED_SCHEMA.empty_table(), own / f"{REJECTED}.parquet")
    card = Batch(
        batch_id=batch_id_of(sha256),
        sha256=sha256,
        file_name=f"{name}.csv",
        ledger=next(reversed(tables)),
        loaded_at=base.built_at - timedelta(hours=1),
        load_id=batch_id_of(sha256),
        is_demo=True,
        accepted={table: rows.num_rows for table, rows in tables.items()},
    )
    return seal(own, card)
