"""One block on its way from text to clean columns, and what all of its steps need to know."""

import re
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.values import is_blank
from data.contract import Field, Ledger
from data.intake.block import Cleaner, RowFaults, mapped
from data.intake.cells import Days, cleaner
from data.intake.gridless import GridTally
from data.intake.header import Header
from data.intake.known import Known
from data.intake.points import PointTally
from data.trouble import FileRefused

MONTHLY = re.compile("月份|周期")


@dataclass(frozen=True)
class Reader:
    """How the rows of one sheet are read: as which ledger, against what is known, from which days."""

    header: Header
    known: Known
    key: bytes
    days: Days
    sheet_name: str = ""
    system: str | None = None
    is_grid_optional: bool = False
    tally: PointTally = field(default_factory=PointTally)
    gridless: GridTally = field(default_factory=GridTally)

    @property
    def ledger(self) -> Ledger:
        """The ledger the sheet is read as."""
        return self.header.ledger

    def told(self, *types: str) -> list[Field]:
        """The ledger's fields of these types, told by the sheet or not."""
        return [each for each in self.ledger.fields if each.type in types]


@dataclass
class Work:
    """A block, the clean columns made of it so far, and the first fault of each of its rows.

    `gridless`, where rows may lack a grid: what those without one say of it, null for the others.
    """

    reader: Reader
    block: pa.Table
    columns: dict[str, pa.Array] = field(default_factory=dict)
    faults: RowFaults = field(init=False)
    gridless: pa.Array | None = None

    def __post_init__(self) -> None:
        self.faults = RowFaults(self.block.num_rows)

    @property
    def count(self) -> int:
        """How many rows the block has."""
        return int(self.block.num_rows)

    def text(self, name: str) -> pa.ChunkedArray | None:
        """The raw text of a field; of several columns for it, the first that is filled, if they agree.

        Raises FileRefused("ambiguous_column") where two columns tell the field differently.
        """
        header = self.reader.header
        indexes = header.columns.get(name)
        if not indexes:
            return None
        first = self.block[f"c{indexes[0]}"]
        for index in indexes[1:]:
            first, other = _without_dashes(first), _without_dashes(self.block[f"c{index}"])
            if self.reader.ledger.field(name).is_aside:
                first = pc.if_else(pc.equal(first, ""), other, first)
                continue
            both = pc.and_(pc.not_equal(first, ""), pc.not_equal(other, ""))
            differ = pc.and_(both, pc.not_equal(first, other))
            if pc.any(differ).as_py() and self._disagree(name, first.filter(differ), other.filter(differ)):
                headings = "」和「".join(header.heading(each) for each in indexes)
                label = self.reader.ledger.field(name).label
                raise FileRefused(
                    "ambiguous_column",
                    f"「{headings}」两列都表示{label}而内容不同，请只留一列，或改清楚列名。",
                )
            first = pc.if_else(pc.equal(first, ""), other, first)
        return first

    def clean(self, each: Field) -> pa.Array:
        """The clean column of a field; all null where the sheet does not tell it."""
        text = self.text(each.name)
        if text is None:
            return pa.nulls(self.count, pa.string())
        return mapped(text, self._cleaner(each), each.sql_type or "VARCHAR", self.faults, each.name)

    def _cleaner(self, each: Field) -> Cleaner:
        """How to read the field's cells; a month alone is a day only where the heading asks for one."""
        header = self.reader.header
        asks_month = any(MONTHLY.search(header.heading(index)) for index in header.columns[each.name])
        field = replace(each, month_is_first_day=each.month_is_first_day and asks_month)
        return cleaner(field, self.reader.days, self.reader.key)

    def _disagree(self, name: str, some: pa.ChunkedArray, others: pa.ChunkedArray) -> bool:
        """Whether two columns of one field mean different things somewhere; spelling does not count."""
        each = self.reader.ledger.field(name)
        clean = self._cleaner(each)
        known = self.reader.known
        pairs = {(clean(a), clean(b)) for a, b in zip(some.to_pylist(), others.to_pylist(), strict=True)}
        told = [(a, b) for a, b in pairs if a is not None and b is not None and a != b]
        if each.type in {"grid", "grid_name"}:
            return any(known.meant(a) != known.meant(b) for a, b in told)
        return bool(told)


def _without_dashes(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column with cells that only say there is nothing (-, /, 无) as blank."""
    encoded = pc.dictionary_encode(column).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts = ["" if is_blank(text) else text for text in encoded.dictionary.to_pylist()]
    return pa.chunked_array([pa.array(texts, pa.string()).take(encoded.indices)])
