"""The ledgers' tables, views and comments as SQL, made from the contracts so that they cannot drift apart."""

from collections.abc import Iterator

from data.contract import Column, Ledger
from data.store.merge import FOREVER, stored_columns

BOOKKEEPING = (
    Column("batch_id", "VARCHAR", "批次", "", "写下这一版本的文件"),
    Column("source_sheet", "VARCHAR", "工作表", "", "来源工作表，csv 为空"),
    Column("source_row", "BIGINT", "行号", "", "来源行号"),
    Column("known_at", "TIMESTAMP", "入库时间", "", "这一版本从何时起为仓库所知"),
    Column("known_until", "TIMESTAMP", "失效时间", "", "被更正的时刻；9999-12-31 表示仍有效"),
)
REQUIRED = frozenset({"record_key", "batch_id", "known_at", "known_until"})


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _check(column: Column) -> str:
    if column.allowed:
        allowed = ", ".join(_text(value) for value in dict.fromkeys(column.allowed))
        return f" check ({column.name} in ({allowed}))"
    if column.is_count:
        return f" check ({column.name} >= 0)"
    return {"lon": " check (lon between -180 and 180)", "lat": " check (lat between -90 and 90)"}.get(
        column.name, ""
    )


def version_columns(ledger: Ledger) -> tuple[Column, ...]:
    """Every column of a ledger's version table, in order."""
    key = Column("record_key", "VARCHAR", "记录", "", "自然键，跨文件不变")
    return (key, *stored_columns(ledger), *BOOKKEEPING)


def tables_sql(ledger: Ledger) -> str:
    """The version table. The build checks its key (record_key, known_at): an index outweighs the data."""
    lines = [
        f"{column.name} {column.sql_type}{' not null' if column.name in REQUIRED else ''}{_check(column)}"
        for column in version_columns(ledger)
    ]
    return f"create table {ledger.table}_version (\n    " + ",\n    ".join(lines) + "\n);"


def views_sql(ledger: Ledger) -> Iterator[str]:
    """The current rows, those known at a moment and (but for hazards) those that had happened by then."""
    names = ", ".join(column.name for column in version_columns(ledger) if column.name != "known_until")
    since = names.replace("known_at", "version.known_at as known_since")
    table = ledger.table
    yield f"create view {table} as select {names} from {table}_version where known_until = {FOREVER};"
    yield (
        f"create macro {table}_known(known_at) as table select {since} from {table}_version as version"
        f" where version.known_at <= coalesce(known_at, {FOREVER} - interval 1 day)"
        f" and version.known_until > coalesce(known_at, {FOREVER} - interval 1 day);"
    )
    if table != "hazard":
        yield (
            f"create macro {table}_at(as_at, known_at) as table select * from {table}_known(known_at)"
            f"{_happened(ledger)};"
        )


def _happened(ledger: Ledger) -> str:
    """A time that may be missing is not the moment the row came to be, so it hides nothing."""
    if ledger.time is None or not ledger.field(ledger.time).required:
        return ""
    is_day = ledger.field(ledger.time).sql_type == "DATE"
    return f" where {ledger.time} <= {'cast(as_at as date)' if is_day else 'as_at'}"


def comments_sql(ledger: Ledger) -> Iterator[str]:
    """The grain and the source on the table; label, unit and meaning on every column."""
    table = f"{ledger.table}_version"
    grain = f"{ledger.title}: {ledger.grain} One version per batch that changed it. Source: {ledger.source}"
    yield f"comment on table {table} is {_text(grain)};"
    for column in version_columns(ledger):
        unit = f"（{column.unit}）" if column.unit else ""
        said = _text(f"{column.label}{unit}: {column.meaning}")
        yield f"comment on column {table}.{column.name} is {said};"
