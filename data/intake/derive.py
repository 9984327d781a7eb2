"""Works out the columns that no heading names, by the few rules a contract may ask for."""

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.personal import token
from data.contract import Derived, Ledger
from data.intake.block import is_null, joined
from data.intake.header import Header, normalised

NAMES_APART = re.compile(r"[、,，;；/\s+]+")
COUNTED = re.compile(r"^(\d+)\s*[人名个]?$")
BESIDE_A_NAME = re.compile(r"\([^()]*\)|\d+")
NAME_SPACED_OUT = re.compile(r"(?<!\w)(\w) (\w)(?!\w)")
# What stands where a name should: masked ones, posts and offices could be anybody.
NOBODY = re.compile(r"[*×xX某]|(?:员|队|所|办|科|组|部|社区|公司|单位|中心|物业|本人|先生|女士)$")
# From July on, an office plans for the Spring Festival of the year to come.
SEASON_STARTS_IN_MONTH = 7


def derived(
    rule: Derived, header: Header, columns: Mapping[str, pa.Array], count: int, key: bytes
) -> pa.Array:
    """The column of a derived rule for one block, from its clean (also personal, not stored) columns."""
    nothing = pa.nulls(count, pa.string())
    match rule.rule:
        case "token":
            return tokens([[columns.get(name, nothing) for name in group] for group in rule.of], key)
        case "people_in":
            return _per_value(columns.get(rule.of[0][0], nothing), people_in, pa.int64())
        case "is_filled":
            return pc.is_valid(columns.get(rule.of[0][0], nothing))
        case "is_same_person":
            named = [columns.get(name, nothing) for group in rule.of for name in group]
            doers = len(rule.of[0])
            return _per_value(
                joined(named), lambda cells: _is_same_person(cells.split("\x1f"), doers), pa.bool_()
            )
        case "is_two_persons":
            proposed, agreed = (columns.get(group[0], nothing) for group in rule.of)
            return two_persons(proposed, agreed)
        case "has_column":
            # Unknown, not false: a later file without the column must not unsay an earlier one that had it.
            return pa.array([True if rule.of[0][0] in header.columns else None] * count, pa.bool_())
        case "by_heading":
            return pa.array([_by_heading(rule, header)] * count, pa.string())
        case "season":
            return _season([columns[name] for group in rule.of for name in group if name in columns], count)
        case "closed_basis":
            return _closed_basis(header, columns, nothing)
        case _:
            return columns.get(rule.name, nothing)


def tokens(groups: list[list[pa.Array]], key: bytes) -> pa.Array:
    """A keyed token of the first group of values that a row has whole; null where it has none."""
    result: pa.Array | None = None
    for group in groups:
        complete = ~np.logical_or.reduce([is_null(column) for column in group])
        text = pc.if_else(pa.array(complete), joined(group), None)
        made = _per_value(text, lambda parts: token(key, *parts.split("\x1f")), pa.string())
        result = made if result is None else pc.coalesce(result, made)
    assert result is not None
    return result


def people_in(text: str) -> int:
    """How many people a cell names, or the number itself where it only counts them."""
    counted = COUNTED.match(text.strip())
    if counted:
        return int(counted[1])
    return len([name for name in NAMES_APART.split(text.strip()) if name])


def people(text: str) -> frozenset[str]:
    """Whom a cell names, without what stands beside the names and without those who could be anybody."""
    names = NAMES_APART.split(NAME_SPACED_OUT.sub(r"\1\2", BESIDE_A_NAME.sub("", text)))
    return frozenset(name for name in names if len(name) > 1 and not NOBODY.search(name))


def two_persons(proposed: pa.Array, agreed: pa.Array) -> pa.Array:
    """Row by row, whether somebody agreed who did not propose; a cell that names nobody makes it false."""
    return _per_value(
        joined([proposed, agreed]), lambda cells: _is_two_persons(*cells.split("\x1f")), pa.bool_()
    )


def filled(ledger: Ledger, header: Header, columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """The columns with the contract's fills done: e.g. a rectified date closes where nothing else can."""
    for fill in ledger.fill:
        if fill.source not in columns or set(fill.unless) & set(header.columns):
            continue
        source = columns[fill.source]
        if fill.where:
            if fill.where not in columns:
                continue
            source = pc.if_else(pc.fill_null(columns[fill.where], False), source, None)
        columns[fill.into] = pc.coalesce(columns[fill.into], source) if fill.into in columns else source
    return columns


def _is_same_person(cells: list[str], doers: int) -> bool | None:
    """Whether one of those who did it, the first cells, is also named in the last ones; None: not told."""
    did, checked = (frozenset().union(*map(people, part)) for part in (cells[:doers], cells[doers:]))
    return bool(did & checked) if did and checked else None


def _is_two_persons(proposed: str, agreed: str) -> bool:
    proposers = people(proposed)
    # 欧阳 晓峰 reads as two names, but says no more than 欧阳晓峰.
    says_the_same = _letters(proposed) == _letters(agreed)
    return bool(proposers and people(agreed) - proposers) and not says_the_same


def _letters(cell: str) -> str:
    return NAMES_APART.sub("", BESIDE_A_NAME.sub("", cell))


def _per_value(column: pa.Array, rule: object, arrow_type: pa.DataType) -> pa.Array:
    encoded = pc.dictionary_encode(column)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    worked_out = [rule(value) for value in encoded.dictionary.to_pylist()]  # type: ignore[operator]
    return pa.array(worked_out, arrow_type).take(encoded.indices)


def _by_heading(rule: Derived, header: Header) -> str:
    told = {normalised(header.heading(index)) for indexes in header.columns.values() for index in indexes}
    for value, headings in rule.when.items():
        if told & {normalised(heading) for heading in headings}:
            return value
    return rule.otherwise


def _season(days: list[pa.Array], count: int) -> pa.Array:
    if not days:
        return pa.nulls(count, pa.int32())
    day = pc.coalesce(*days)
    following = pc.greater_equal(pc.month(day), SEASON_STARTS_IN_MONTH).cast(pa.int64())
    return pc.add(pc.year(day), following).cast(pa.int32())


def _closed_basis(header: Header, columns: Mapping[str, pa.Array], nothing: pa.Array) -> pa.Array:
    closed = columns.get("closed_at")
    if closed is None:
        return nothing
    said_so = {"closed_at", "is_written_off", "verified_at"} & set(header.columns)
    basis = "written_off" if said_so else "rectified"
    return pc.if_else(pc.is_valid(closed), pa.scalar(basis), pa.scalar(None, pa.string()))
