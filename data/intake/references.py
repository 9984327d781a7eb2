"""Finds the grid, community and firm that each row names; once per distinct combination of cells."""

from typing import Any

import pyarrow as pa

from data.cleaning.values import Fault
from data.intake.block import joined, note_faults
from data.intake.known import Grid, Known, folded
from data.intake.work import Reader, Work
from data.trouble import FileRefused

SUBJECT_TYPES = ("subject_no", "subject_uscc", "subject_name")
PLACE_TYPES = ("grid", "grid_name", "community")


def place(work: Work) -> None:
    """Adds grid_code and community. Raises FileRefused where code and name are two different grids."""
    fields = {each.type: each for each in work.reader.told(*PLACE_TYPES)}
    if "community" not in fields:
        return
    nothing = pa.nulls(work.count, pa.string())
    texts = [work.clean(fields[kind]) if kind in fields else nothing for kind in PLACE_TYPES]
    encoded = joined(texts).dictionary_encode()
    told = [parts.split("\x1f") for parts in encoded.dictionary.to_pylist()]
    found = [_located(work.reader, *parts) for parts in told]
    named_by = ["grid" if code else "grid_name" for code, _, _ in told]
    indices = encoded.indices.to_numpy()
    if any(isinstance(each, Fault) and each.reason == "ambiguous_column" for each in found):
        raise FileRefused("ambiguous_column", "网格编码和网格名称两列指向不同的网格，请核对后只留一列。")
    about_community = [each if _is_about_community(each) else None for each in found]
    note_faults(about_community, indices, work.faults, fields["community"].name)
    for kind in ("grid", "grid_name"):
        if kind in fields:
            at_fault = [each if kind == by else None for each, by in zip(found, named_by, strict=True)]
            note_faults(at_fault, indices, work.faults, fields[kind].name)
    places: list[tuple[Grid | None, str | None]] = [
        each if isinstance(each, tuple) else (None, None) for each in found
    ]
    communities = pa.array([community for _, community in places], pa.string())
    work.columns["community"] = communities.take(encoded.indices)
    if "grid" in fields:
        grids = pa.array([grid.grid_code if grid else None for grid, _ in places], pa.string())
        work.columns[fields["grid"].name] = grids.take(encoded.indices)
        if work.reader.is_grid_optional:
            said = [
                None if grid else code or name
                for (grid, _), (code, name, _) in zip(places, told, strict=True)
            ]
            work.gridless = pa.array(said, pa.string()).take(encoded.indices)


def subject(work: Work) -> None:
    """Adds enterprise_key: the one firm whose number, credit code or name a row gives."""
    fields = work.reader.told(*SUBJECT_TYPES)
    if not fields:
        return
    by_type = {each.type: work.clean(each) for each in fields}
    nothing = pa.nulls(work.count, pa.string())
    encoded = joined([by_type.get(kind, nothing) for kind in SUBJECT_TYPES]).dictionary_encode()
    found = [_firm(work.reader.known, *parts.split("\x1f")) for parts in encoded.dictionary.to_pylist()]
    named = next(each for each in fields if each.name in work.reader.header.columns)
    note_faults(found, encoded.indices.to_numpy(), work.faults, named.name)
    keys = [each if isinstance(each, str) else None for each in found]
    work.columns["enterprise_key"] = pa.array(keys, pa.string()).take(encoded.indices)


def spell_grids(work: Work) -> None:
    """In the register of grids itself, writes a code as it is known, or as it first stands there."""
    codes = work.columns.get("grid_code")
    if work.reader.ledger.name != "grid" or codes is None:
        return
    encoded = codes.dictionary_encode()
    known = work.reader.known
    first: dict[str, str] = {}
    spelt = [
        code and first.setdefault(folded(code), known.spelling(code))
        for code in encoded.dictionary.to_pylist()
    ]
    work.columns["grid_code"] = pa.array(spelt, pa.string()).take(encoded.indices)


def firm_keys(known: Known, numbers: pa.Array, usccs: pa.Array) -> pa.Array:
    """The record keys of registered enterprises, so that one known by its credit code stays one record."""
    encoded = joined([numbers, usccs]).dictionary_encode()
    keys = [known.firm_key(*parts.split("\x1f")).upper() for parts in encoded.dictionary.to_pylist()]
    return pa.array(keys, pa.string()).take(encoded.indices)


def _located(reader: Reader, code: str, name: str, community: str) -> Any:
    found = reader.known.place(code, name, community)
    if isinstance(found, Fault) and reader.is_grid_optional:
        return None, reader.known.community(community) if community else None
    return found


def _firm(known: Known, number: str, uscc: str, name: str) -> str | Fault:
    if not number and not uscc and not name:
        return Fault("missing_required")
    return known.firm(number, uscc, name) or Fault("unknown_enterprise")


def _is_about_community(found: object) -> bool:
    return isinstance(found, Fault) and found.reason == "unknown_community"
