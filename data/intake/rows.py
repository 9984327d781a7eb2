"""Cleans one block of a sheet: text columns in, typed columns out, and every faulty row with its reason."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.contract import Field
from data.intake import points, polarity, references, time_limits
from data.intake.block import ARROW_TYPES, is_null
from data.intake.derive import derived, filled, tokens
from data.intake.order import check_order
from data.intake.rejecting import rejections
from data.intake.report import Rejection
from data.intake.row_checks import check_rows
from data.intake.work import Reader, Work

APART = frozenset({*references.PLACE_TYPES, *references.SUBJECT_TYPES, *points.TYPES, "polygon"})


def clean(reader: Reader, block: pa.Table) -> tuple[pa.Table, list[Rejection]]:
    """The block's accepted rows, as the ledger's batch holds them, and its rejected ones.

    Raises FileRefused: "ambiguous_column" where two columns tell one field differently,
    "polarity_unconfirmed" where nobody has said whether red is the best or the worst.
    """
    work = Work(reader, block)
    polarity.confirm(work)
    for each in reader.ledger.fields:
        if each.name in reader.header.columns and each.type not in APART:
            work.columns[each.name] = work.clean(each)
    references.place(work)
    references.subject(work)
    references.spell_grids(work)
    points.locate(work)
    _polygons(work)
    time_limits.settle(work)
    work.columns = filled(reader.ledger, reader.header, work.columns)
    _require(work)
    check_order(work)
    check_rows(work)
    rejected = rejections(work)
    kept = pa.array(~work.faults.is_faulty)
    if work.gridless is not None:
        reader.gridless.add(work.gridless.filter(kept))
    columns = {name: column.filter(kept) for name, column in work.columns.items()}
    return _table(reader, columns, block["row"].combine_chunks().filter(kept)), rejected


def _polygons(work: Work) -> None:
    for each in work.reader.told("polygon"):
        text = work.text(each.name)
        if text is not None:
            work.columns[each.name] = pc.if_else(pc.equal(text, ""), None, text).combine_chunks()


def _require(work: Work) -> None:
    reader = work.reader
    for each in reader.ledger.fields:
        if (
            each.required
            and each.name in work.columns
            and not (each.type == "grid" and reader.is_grid_optional)
        ):
            work.faults.add(is_null(work.columns[each.name]), "missing_required", _told(reader, each))
    for group in reader.ledger.required_groups:
        told = [name for name in group if name in work.columns]
        if told:
            empty = np.logical_and.reduce([is_null(work.columns[name]) for name in told])
            work.faults.add(empty, "missing_required", told[0])


def _told(reader: Reader, each: Field) -> str:
    """The field whose heading to name: a grid may be told by its name alone."""
    stands_in = next((other.name for other in reader.told("grid_name")), each.name)
    is_told = each.type != "grid" or each.name in reader.header.columns
    return each.name if is_told or stands_in not in reader.header.columns else stands_in


def _table(reader: Reader, columns: dict[str, pa.Array], rows: pa.Array) -> pa.Table:
    count = len(rows)
    for each in reader.ledger.fields:
        if each.default:
            told = columns.get(each.name, pa.nulls(count, pa.string()))
            columns[each.name] = pc.fill_null(told, each.default)
    for rule in reader.ledger.derived:
        columns[rule.name] = derived(rule, reader.header, columns, count, reader.key)
    stored: dict[str, pa.Array] = {"record_key": _record_key(reader, columns, count)}
    for column in reader.ledger.columns:
        arrow_type = ARROW_TYPES[column.sql_type]
        made = columns.get(column.name)
        stored[column.name] = pa.nulls(count, arrow_type) if made is None else made.cast(arrow_type)
    stored["updated_at"] = columns.get("updated_at", pa.nulls(count, pa.timestamp("us")))
    stored["source_sheet"] = pa.array([reader.sheet_name] * count, pa.string())
    stored["source_row"] = rows
    return pa.table(stored)


def _record_key(reader: Reader, columns: dict[str, pa.Array], count: int) -> pa.Array:
    """The natural key as text: the first alternative that a row has whole; only the last may have gaps.

    An alternative of as many parts as an earlier one is told apart from it by its last field's name.
    """
    nothing = pa.nulls(count, pa.string())
    if reader.ledger.name == "enterprise":
        number, uscc = (columns.get(name, nothing) for name in ("enterprise_no", "uscc"))
        return references.firm_keys(reader.known, number, uscc)
    personal = {each.name for each in reader.ledger.fields if each.is_personal}
    result = nothing
    for position, names in enumerate(reader.ledger.key):
        parts = [
            tokens([[columns.get(name, nothing)]], reader.key)
            if name in personal
            else pc.utf8_upper(columns.get(name, nothing).cast(pa.string()))
            for name in names
        ]
        if len(names) in {len(earlier) for earlier in reader.ledger.key[:position]}:
            parts.append(pa.array([names[-1]] * count, pa.string()))
        text = pc.binary_join_element_wise(*(pc.fill_null(part, "") for part in parts), "|")
        if position < len(reader.ledger.key) - 1:
            complete = ~np.logical_or.reduce([is_null(part) for part in parts])
            text = pc.if_else(pa.array(complete), text, None)
        result = pc.coalesce(result, text)
    return result
