"""Cleans one block of a sheet: text columns in, typed columns out, and every faulty row with its reason."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.cleaning import values
from data.cleaning.personal import scrub
from data.cleaning.values import Fault
from data.contract import Field, Ledger
from data.coordinates import parse_pair, system_named_in
from data.files import ERROR_MARK, NO_RESULT
from data.intake import points
from data.intake.block import ARROW_TYPES, RowFaults, is_null, joined, mapped, note_faults
from data.intake.cells import Days, cleaner
from data.intake.derive import derived, filled, tokens
from data.intake.header import Header, field_heading
from data.intake.known import Known
from data.intake.report import ECHOED_CHARACTERS, Rejection
from data.trouble import FileRefused

PLACE_TYPES = frozenset({"grid", "grid_name", "community"})
POINT_TYPES = frozenset({"lon", "lat", "point"})
SUBJECT_TYPES = frozenset({"subject_no", "subject_uscc", "subject_name"})
# Closing on an earlier day than reporting has a reason of its own in the contract.
CLOSED_TOO_EARLY = ("reported_at", "closed_at")


@dataclass
class RowCleaner:
    """Cleans the blocks of one sheet that is read as one ledger."""

    header: Header
    sheet_name: str
    known: Known
    key: bytes
    days: Days
    system: str | None = None
    is_grid_optional: bool = False
    tally: points.PointTally = field(default_factory=points.PointTally)

    @property
    def ledger(self) -> Ledger:
        """The ledger the sheet is read as."""
        return self.header.ledger

    def clean(self, block: pa.Table) -> tuple[pa.Table, list[Rejection]]:
        """The block's accepted rows, ready for the ledger's batch, and its rejected ones.

        Raises FileRefused("ambiguous_column") where two columns tell one field differently.
        """
        faults = RowFaults(block.num_rows)
        columns = {each.name: self._column(block, each, faults) for each in self._plain_fields(block)}
        self._place(block, columns, faults)
        self._points(block, columns)
        self._subject(block, columns, faults)
        columns = filled(self.ledger, self.header, columns)
        self._require(columns, faults)
        self._check_order(columns, faults)
        rejected = self._rejections(block, faults)
        kept = pa.array(~faults.is_faulty)
        columns = {name: column.filter(kept) for name, column in columns.items()}
        return self._table(columns, block["row"].combine_chunks().filter(kept)), rejected

    def _plain_fields(self, block: pa.Table) -> list[Field]:
        apart = PLACE_TYPES | POINT_TYPES | SUBJECT_TYPES
        return [
            each for each in self.ledger.fields if each.name in self.header.columns and each.type not in apart
        ]

    def _text(self, block: pa.Table, name: str) -> pa.ChunkedArray | None:
        """The raw text of a field; of several columns for it, the first that is filled, if they agree."""
        indexes = self.header.columns.get(name)
        if not indexes:
            return None
        first = block[f"c{indexes[0]}"]
        for index in indexes[1:]:
            other = block[f"c{index}"]
            both = pc.and_(pc.not_equal(first, ""), pc.not_equal(other, ""))
            differ = pc.and_(both, pc.not_equal(first, other))
            if pc.any(differ).as_py() and self._values_differ(
                name, first.filter(differ), other.filter(differ)
            ):
                names = "」和「".join(self.header.heading(each) for each in indexes)
                raise FileRefused(
                    "ambiguous_column",
                    f"「{names}」两列都表示{self.ledger.field(name).label}而内容不同，请只留一列，或改清楚列名。",
                )
            first = pc.if_else(pc.equal(first, ""), other, first)
        return first

    def _values_differ(self, name: str, some: pa.ChunkedArray, others: pa.ChunkedArray) -> bool:
        clean = cleaner(self.ledger.field(name), self.days)
        pairs = set(zip(some.to_pylist(), others.to_pylist(), strict=True))
        return any(clean(a) != clean(b) for a, b in pairs)

    def _column(self, block: pa.Table, each: Field, faults: RowFaults) -> pa.Array:
        text = self._text(block, each.name)
        assert text is not None
        if each.type == "polygon":
            return text.combine_chunks() if text.num_chunks != 1 else text.chunk(0)
        return mapped(text, cleaner(each, self.days), each.sql_type or "VARCHAR", faults, each.name)

    def _place(self, block: pa.Table, columns: dict[str, pa.Array], faults: RowFaults) -> None:
        fields = [each for each in self.ledger.fields if each.type in PLACE_TYPES]
        if not any(each.type == "community" for each in fields):
            return
        by_type = {each.type: each for each in fields}
        texts = []
        for kind in ("grid", "grid_name", "community"):
            text = self._text(block, by_type[kind].name) if kind in by_type else None
            texts.append(
                pa.nulls(block.num_rows, pa.string())
                if text is None
                else mapped(text, _place_text(by_type[kind]), "VARCHAR", faults, by_type[kind].name)
            )
        encoded = joined(texts).dictionary_encode()
        found = [self._located(*combination.split("\x1f")) for combination in encoded.dictionary.to_pylist()]
        if any(isinstance(each, Fault) and each.reason == "ambiguous_column" for each in found):
            raise FileRefused("ambiguous_column", "网格编码和网格名称两列指向不同的网格，请核对后只留一列。")
        indices = encoded.indices.to_numpy()
        wrong_community = [each if _is_about_community(each) else None for each in found]
        note_faults(wrong_community, indices, faults, by_type["community"].name)
        note_faults(found, indices, faults, by_type["grid"].name if "grid" in by_type else "community")
        places = [each if isinstance(each, tuple) else (None, None) for each in found]
        grids = [grid.grid_code if grid else None for grid, _ in places]
        columns["community"] = pa.array([community for _, community in places], pa.string()).take(
            encoded.indices
        )
        if "grid" in by_type:
            columns[by_type["grid"].name] = pa.array(grids, pa.string()).take(encoded.indices)

    def _located(self, code: str, name: str, community: str) -> Any:
        found = self.known.place(code, name, community)
        if isinstance(found, Fault) and self.is_grid_optional:
            return (None, self.known.community(community) if community else None)
        return found

    def _points(self, block: pa.Table, columns: dict[str, pa.Array]) -> None:
        told = {each.type: each for each in self.ledger.fields if each.type in POINT_TYPES}
        if not told:
            return
        lon, lat, system = self._pairs(block, told)
        if lon is None or lat is None:
            return
        lon, lat = points.cleaned(lon, lat, system, self.known.outline, self.tally)
        there = ~np.isnan(lon)
        columns["lon"], columns["lat"] = pa.array(lon, mask=~there), pa.array(lat, mask=~there)
        columns["crs"] = pc.if_else(
            pa.array(there), system or points.UNDECLARED, pa.scalar(None, pa.string())
        )

    def _pairs(
        self, block: pa.Table, told: Mapping[str, Field]
    ) -> tuple[points.Floats | None, points.Floats | None, str | None]:
        def floats(name: str) -> points.Floats | None:
            text = self._text(block, name)
            if text is None:
                return None
            column = mapped(text, _coordinate, "DOUBLE", RowFaults(block.num_rows), name)
            return pc.fill_null(column, float("nan")).to_numpy(zero_copy_only=False)

        headings = "".join(field_heading(self.header, each) for each in told.values())
        system = self.system or system_named_in(headings)
        lon, lat = floats("lon"), floats("lat")
        if lon is None or lat is None:
            text = self._text(block, "point")
            if text is None:
                return None, None, system
            pairs = [parse_pair(cell) or (np.nan, np.nan) for cell in text.to_pylist()]
            both = np.array(pairs, dtype=np.float64).reshape(-1, 2)
            lon, lat = both[:, 0], both[:, 1]
        return lon, lat, system

    def _subject(self, block: pa.Table, columns: dict[str, pa.Array], faults: RowFaults) -> None:
        fields = [each for each in self.ledger.fields if each.type in SUBJECT_TYPES]
        if not fields:
            return
        texts = [self._text(block, each.name) for each in fields]
        clean = [
            pa.nulls(block.num_rows, pa.string())
            if text is None
            else mapped(text, cleaner(each, self.days), "VARCHAR", faults, each.name)
            for each, text in zip(fields, texts, strict=True)
        ]
        named = next(each for each, text in zip(fields, texts, strict=True) if text is not None)
        encoded = joined(clean).dictionary_encode()
        found = [self._firm(combination.split("\x1f")) for combination in encoded.dictionary.to_pylist()]
        note_faults(found, encoded.indices.to_numpy(), faults, named.name)
        keys = [each if isinstance(each, str) else None for each in found]
        columns["enterprise_key"] = pa.array(keys, pa.string()).take(encoded.indices)

    def _firm(self, names: list[str]) -> str | Fault:
        given = [name for name in names if name]
        if not given:
            return Fault("missing_required")
        return next((key for name in given if (key := self.known.firm(name))), Fault("unknown_enterprise"))

    def _require(self, columns: Mapping[str, pa.Array], faults: RowFaults) -> None:
        for each in self.ledger.fields:
            if not each.required or (each.type == "grid" and self.is_grid_optional):
                continue
            if each.name in columns:
                faults.add(is_null(columns[each.name]), "missing_required", each.name)
        for group in self.ledger.required_groups:
            told = [columns[name] for name in group if name in columns]
            if told:
                empty = np.logical_and.reduce([is_null(column) for column in told])
                first = next(name for name in group if name in self.header.columns)
                faults.add(empty, "missing_required", first)

    def _check_order(self, columns: Mapping[str, pa.Array], faults: RowFaults) -> None:
        steps = [name for name in self.ledger.order if name in columns]
        moments = {name: _moments(columns[name]) for name in steps}
        for position, earlier in enumerate(steps):
            for later in steps[position + 1 :]:
                wrong = _is_before(
                    moments[later], moments[earlier], by_day=(earlier, later) == CLOSED_TOO_EARLY
                )
                reason = (
                    "closed_before_reported" if (earlier, later) == CLOSED_TOO_EARLY else "times_out_of_order"
                )
                faults.add(wrong, reason, self._told(later))

    def _told(self, name: str) -> str:
        """The field whose heading to name: a filled column's fault lies where its value came from."""
        if name in self.header.columns:
            return name
        return next((fill.source for fill in self.ledger.fill if fill.into == name), name)

    def _rejections(self, block: pa.Table, faults: RowFaults) -> list[Rejection]:
        rejected = []
        for position in np.flatnonzero(faults.is_faulty).tolist():
            name, reason = faults.of(position)
            each = self.ledger.field(name)
            rejected.append(
                Rejection(
                    self.sheet_name,
                    block["row"][position].as_py(),
                    field_heading(self.header, each),
                    self._echo(each, block, position),
                    reason,
                    self._kept_cells(block, position),
                )
            )
        return rejected

    def _echo(self, each: Field, block: pa.Table, position: int) -> str:
        texts = [block[f"c{index}"][position].as_py() for index in self.header.columns.get(each.name, ())]
        text = next((text for text in texts if text), "")
        return "***" if each.is_personal and text else _shown(text)

    def _kept_cells(self, block: pa.Table, position: int) -> str:
        """The rejected row's recognised, not personal cells, so that it can be found and mended."""
        cells = {
            field_heading(self.header, each): self._echo(each, block, position)
            for each in self.ledger.fields
            if each.name in self.header.columns and not each.is_personal
        }
        return json.dumps(cells, ensure_ascii=False)

    def _table(self, columns: dict[str, pa.Array], rows: pa.Array) -> pa.Table:
        count = len(rows)
        for rule in self.ledger.derived:
            columns[rule.name] = derived(rule, self.header, columns, count, self.key)
        stored: dict[str, pa.Array] = {"record_key": self._record_key(columns, count)}
        for column in self.ledger.columns:
            arrow_type = ARROW_TYPES[column.sql_type]
            made = columns.get(column.name)
            stored[column.name] = pa.nulls(count, arrow_type) if made is None else made.cast(arrow_type)
        stored["updated_at"] = columns.get("updated_at", pa.nulls(count, pa.timestamp("us")))
        stored["source_sheet"] = pa.array([self.sheet_name] * count, pa.string())
        stored["source_row"] = rows
        return pa.table(stored)

    def _record_key(self, columns: Mapping[str, pa.Array], count: int) -> pa.Array:
        """The natural key as text: the first alternative that a row has whole; the last may have gaps."""
        nothing = pa.nulls(count, pa.string())
        result: pa.Array | None = None
        for position, names in enumerate(self.ledger.key):
            parts = [self._key_part(name, columns.get(name, nothing)) for name in names]
            text = pc.binary_join_element_wise(*(pc.fill_null(part, "") for part in parts), "|")
            if position < len(self.ledger.key) - 1:
                complete = ~np.logical_or.reduce([is_null(part) for part in parts])
                text = pc.if_else(pa.array(complete), text, None)
            result = text if result is None else pc.coalesce(result, text)
        assert result is not None
        return result

    def _key_part(self, name: str, column: pa.Array) -> pa.Array:
        personal = {each.name for each in self.ledger.fields if each.is_personal}
        if name in personal:
            return tokens([[column]], self.key)
        return pc.utf8_upper(column.cast(pa.string()))


def _place_text(each: Field) -> Any:
    def clean(text: str) -> str | Fault | None:
        if text.startswith(NO_RESULT) and each.required:
            return Fault("formula_no_value")
        if text.startswith(ERROR_MARK) and each.required:
            return Fault("cell_error")
        return values.label(text)

    return clean


def _is_about_community(found: Any) -> Any:
    return isinstance(found, Fault) and found.reason == "unknown_community"


def _coordinate(text: str) -> float | None:
    number = values.number(text)
    return number if isinstance(number, float) else None


def _moments(column: pa.Array) -> NDArray[np.datetime64]:
    moments: NDArray[np.datetime64] = column.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    return moments


def _is_before(
    later: NDArray[np.datetime64], earlier: NDArray[np.datetime64], by_day: bool
) -> NDArray[np.bool_]:
    """Where the later step stands before the earlier one; by day where either tells no time of day."""
    later_day, earlier_day = later.astype("datetime64[D]"), earlier.astype("datetime64[D]")
    wrong_day = later_day < earlier_day
    if by_day:
        return wrong_day
    timed = (later != later_day) & (earlier != earlier_day)
    return np.where(timed, later < earlier, wrong_day)


def _shown(text: str) -> str:
    plain = text.replace(NO_RESULT, "").replace(ERROR_MARK, "")
    return scrub(values.tidy(plain))[:ECHOED_CHARACTERS]
