"""The working table of one file and ledger: blocks come in, doubles are settled, a Parquet comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from data.contract import Ledger

MEMORY_LIMIT = "900MB"

# What a record says, apart from where it stood and which version it calls itself.
CONTENT = "md5(cast(struct_pack({columns}) as varchar))"


@dataclass(frozen=True)
class Conflict:
    """A row taken out because another row of the file tells the same record differently."""

    sheet: str
    row: int
    record_key: str
    cells: Sequence[str]


class Stage:
    """Cleaned rows of one ledger, on disk, waiting until the whole file has been read."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self.ledger = ledger
        self._path = folder / f"stage-{ledger.name}.duckdb"
        self._connection = duckdb.connect(
            self._path,
            config={"memory_limit": MEMORY_LIMIT, "threads": 2, "temp_directory": str(folder / "spill")},
        )
        self._connection.execute("set preserve_insertion_order = true")
        self._is_empty = True

    def add(self, rows: pa.Table) -> None:
        """Appends one cleaned block."""
        self._connection.register("block", rows)
        if self._is_empty:
            self._connection.execute("create table stage as select * from block")
            self._is_empty = False
        else:
            self._connection.execute("insert into stage select * from block")
        self._connection.unregister("block")

    def settle(self, shown: Sequence[str] = (), *, keep_first: bool = False) -> tuple[int, list[Conflict]]:
        """Folds rows of one natural key together and takes contradicting ones out.

        Returns how many rows were folded into another, and the rows taken out because they contradict each
        other, with their `shown` columns. With `keep_first` (a template's wish) nothing contradicts: blanks
        of the first row are filled from the later ones.
        """
        if self._is_empty:
            return 0, []
        names = [column.name for column in self.ledger.columns]
        asides = {field.name for field in self.ledger.fields if field.is_aside}
        asides |= {each.name for each in self.ledger.derived if any(asides & set(group) for group in each.of)}
        packed = ", ".join(f'"{name}" := "{name}"' for name in names if name not in asides)
        self._connection.execute(
            f"""
            create temp table repeated as
            select record_key from stage group by record_key having count(*) > 1;
            create temp table shared as
            select rowid as stage_row, record_key, updated_at, {CONTENT.format(columns=packed)} as fingerprint
            from stage where record_key in (select record_key from repeated);
            create temp table verdict as
            select
                record_key,
                case
                    when count(distinct fingerprint) = 1
                         then coalesce(min(stage_row) filter (where is_latest), min(stage_row))
                    when count(updated_at) = count(*)
                         and count(distinct fingerprint) filter (where is_latest) = 1
                         then min(stage_row) filter (where is_latest)
                end as kept_row,
                count(*) - 1 as folded
            from (
                select *, updated_at = max(updated_at) over (partition by record_key) as is_latest from shared
            ) as dated
            group by record_key
            """
        )
        if keep_first:
            self._fill_first(names)
        cells = ", ".join(f"coalesce(cast(\"{name}\" as varchar), '')" for name in shown)
        conflicts = self._connection.execute(
            f"""
            select source_sheet, source_row, stage.record_key, [{cells}]
            from stage inner join verdict on stage.record_key = verdict.record_key
            where kept_row is null
            order by source_sheet, source_row
            """
        ).fetchall()
        folded = self._one("select coalesce(sum(folded), 0) from verdict where kept_row is not null")
        self._connection.execute(
            """
            delete from stage using verdict
            where stage.record_key = verdict.record_key
              and (kept_row is null or stage.rowid <> kept_row)
            """
        )
        return folded, [Conflict(*row) for row in conflicts]

    def _fill_first(self, names: list[str]) -> None:
        firsts = ", ".join(
            f'arg_min("{name}", rowid) filter (where "{name}" is not null) as "{name}"' for name in names
        )
        sets = ", ".join(f'"{name}" = merged."{name}"' for name in names)
        self._connection.execute(
            f"""
            create temp table merged as
            select record_key, min(rowid) as stage_row, {firsts}
            from stage where record_key in (select record_key from verdict where kept_row is null)
            group by record_key;
            update stage set {sets} from merged where stage.rowid = merged.stage_row;
            update verdict set kept_row = merged.stage_row
            from merged where verdict.record_key = merged.record_key
            """
        )

    def count(self) -> int:
        """How many distinct records are accepted so far."""
        return 0 if self._is_empty else self._one("select count(*) from stage")

    def rows(self, columns: str) -> list[tuple[str, ...]]:
        """Some columns of the accepted records, as text with blanks for unknown ones."""
        if self._is_empty:
            return []
        asked = ", ".join(f"coalesce(cast({name} as varchar), '')" for name in columns.split())
        return self._connection.execute(f"select {asked} from stage order by rowid").fetchall()

    def write(self, target: Path) -> None:
        """Writes the accepted records as Parquet; nothing where there are none."""
        if not self._is_empty:
            self._connection.execute(
                f"copy (select * from stage order by rowid) to '{str(target).replace(chr(39), chr(39) * 2)}' "
                "(format parquet, compression zstd)"
            )

    def close(self) -> None:
        """Lets go of the working file and removes it."""
        self._connection.close()
        self._path.unlink(missing_ok=True)

    def _one(self, sql: str) -> int:
        row = self._connection.execute(sql).fetchone()
        return int(row[0]) if row else 0
