"""The SQL that folds a ledger's batches into versions: what was known of each record after each batch.

A later batch wins cell by cell and its blanks erase nothing; an older 更新时间 only fills what was blank.
"""

from data.contract import Column, Ledger

# "For ever" is a date every tool can hold; a TIMESTAMP 'infinity' breaks data frames.
FOREVER = "timestamp '9999-12-31'"
UPDATED = Column("updated_at", "TIMESTAMP", "更新时间", "", "这条记录的版本时间")


def stored_columns(ledger: Ledger) -> tuple[Column, ...]:
    """The ledger's columns with `updated_at` last, whether or not its contract names it."""
    own = [column for column in ledger.columns if column.name != "updated_at"]
    told = [column for column in ledger.columns if column.name == "updated_at"]
    return (*own, *(told or [UPDATED]))


def incoming_sql(ledger: Ledger, present: frozenset[str]) -> str:
    """A view `incoming`: every row of every batch of the ledger, typed as the contract says, with its batch.

    `$paths` are the Parquet files; `present` the columns they hold: a batch older than a column lacks it.
    """
    cells = ",\n    ".join(
        f"cast({column.name if column.name in present else 'null'} as {column.sql_type}) as {column.name}"
        for column in stored_columns(ledger)
    )
    return f"""
select
    record_key,
    {cells},
    part.batch_id,
    source_sheet,
    source_row,
    part.known_at,
    part.batch_no
from read_parquet($paths, filename = true, union_by_name = true) as raw
join part on part.path = raw.filename
"""


def repeated_sql(ledger: Ledger) -> str:
    """The keys told of more than once, as hashes (a third of the memory), and whether they tell anything new.

    Two keys of the same hash count as one that tells something new, which is slower and does no harm.
    """
    names = ", ".join(column.name for column in stored_columns(ledger))
    return f"""
select
    hash(record_key) as key_hash,
    min(batch_no) as first_no,
    min(hash(record_key, {names})) <> max(hash(record_key, {names})) as is_changed
from incoming
group by key_hash
having count(*) > 1
"""


def versions_sql(ledger: Ledger) -> str:
    """Every version of every record, as the version table orders its columns, sorted by the ledger's time."""
    cells = [column.name for column in stored_columns(ledger)]
    names = ", ".join(cells)
    merged = ",\n        ".join(f"arg_max({name}, turn) over so_far as {name}" for name in cells[:-1])
    source = "batch_id, source_sheet, source_row, known_at"
    order = f"{ledger.time}, record_key" if ledger.time else "record_key"
    return f"""
with once as (
    select incoming.*
    from incoming
    left join repeated on hash(record_key) = key_hash
    where key_hash is null or (not is_changed and batch_no = first_no)
),
again as (
    select incoming.*
    from incoming
    join repeated on hash(record_key) = key_hash
    where is_changed
),
-- a row that says the same as the one before it tells nothing new
compared as (
    select *,
        hash({names}) as told,
        lag(hash({names})) over (partition by record_key order by batch_no) as told_before
    from again
),
telling as (
    select *,
        coalesce(
            updated_at,
            max(updated_at) over (
                partition by record_key order by batch_no rows between unbounded preceding and 1 preceding
            ),
            timestamp '0001-01-01'
        ) as as_of
    from compared
    where told_before is null or told <> told_before
),
-- the row with the higher turn wins a cell
in_turn as (
    select *, row_number() over (partition by record_key order by as_of, batch_no) as turn from telling
),
merged as (
    select
        record_key,
        {merged},
        max(updated_at) over so_far as updated_at,
        {source},
        batch_no
    from in_turn
    window so_far as (partition by record_key order by batch_no rows unbounded preceding)
),
weighed as (
    select *,
        hash({names}) as cells_told,
        lag(hash({names})) over (partition by record_key order by batch_no) as cells_told_before
    from merged
),
changed as (
    select *,
        coalesce(lead(known_at) over (partition by record_key order by batch_no), {FOREVER}) as known_until
    from weighed
    where cells_told_before is null or cells_told <> cells_told_before
)
select record_key, {names}, {source}, {FOREVER} as known_until from once
union all
select record_key, {names}, {source}, known_until from changed
order by {order}
"""
