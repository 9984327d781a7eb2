"""What a ledger is: its headings, types, units, allowed values and key, read from `data/contracts/*.toml`.

Adding a ledger of the same kind means adding one TOML file; nothing here changes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from data.field_types import PERSONAL_TYPES, RULE_TYPES, SQL_TYPES
from data.settings import PACKAGE

FOLDER = PACKAGE / "contracts"


@dataclass(frozen=True)
class Column:
    """One stored column of a ledger's table, as the schema and the glossary need it."""

    name: str
    sql_type: str
    label: str
    unit: str
    meaning: str
    allowed: tuple[str, ...] = ()
    is_count: bool = False


@dataclass(frozen=True)
class Field:
    """One thing a ledger's file may tell: under which headings, of which type, and what may stand there.

    `is_aside`: read where it stands, but never a reason: it does not speak for the ledger a file is taken
    for, and nothing in it turns away a row or a file. `none_words` are texts that say there is none (长期
    where a paper may expire); `default` is what a cell that says nothing means.
    """

    name: str
    type: str
    label: str
    headings: tuple[str, ...]
    required: bool = False
    range: str = "past"
    is_aside: bool = False
    end_of_day: bool = False
    month_is_first_day: bool = False
    counts_from: tuple[str, ...] = ()
    reason: str = ""
    otherwise: str = ""
    default: str = ""
    none_words: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit: str = ""
    meaning: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether the field names a person: such a value is never stored, echoed or logged."""
        return self.type in PERSONAL_TYPES

    @property
    def sql_type(self) -> str:
        """The column's type, or an empty string where nothing is stored under this name."""
        return SQL_TYPES[self.type]

    @property
    def accepted(self) -> dict[str, str]:
        """Every accepted spelling of a choice, folded, with the value it stands for."""
        return {text.casefold(): value for value, texts in self.values.items() for text in (value, *texts)}


@dataclass(frozen=True)
class Derived:
    """A stored column that no heading names: worked out from others by one of a few named rules."""

    name: str
    rule: str
    label: str
    of: tuple[tuple[str, ...], ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    otherwise: str = ""
    unit: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Fill:
    """A blank `into` takes the value of `source`.

    Only where the file has none of the `unless` columns and the flag `where` is true, if one is named.
    """

    into: str
    source: str
    unless: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Check:
    """What the fields `of` a row must hold between them, by a named rule, else the row's fault is `reason`.

    `at_most` is in days.
    """

    rule: str
    of: tuple[str, str]
    reason: str
    at_most: int = 0


@dataclass(frozen=True, eq=False)
class Ledger:
    """One kind of office ledger. `grain` says in a sentence what one row of its table is.

    `cadence_days` is how often new rows are expected; a seasonal ledger only around the Spring Festival.
    """

    name: str
    title: str
    grain: str
    source: str
    key: tuple[tuple[str, ...], ...]
    fields: tuple[Field, ...]
    derived: tuple[Derived, ...] = ()
    required_groups: tuple[tuple[str, ...], ...] = ()
    needs: tuple[str, ...] = ()
    time: str | None = None
    order: tuple[str, ...] = ()
    fill: tuple[Fill, ...] = ()
    checks: tuple[Check, ...] = ()
    cadence_days: int | None = None
    is_core: bool = False
    is_seasonal: bool = False

    @property
    def table(self) -> str:
        """The table that holds the ledger's records; a ledger and its table share their name."""
        return self.name

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError for a name the contract does not know."""
        for known in self.fields:
            if known.name == name:
                return known
        raise KeyError(name)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The stored columns, in order: what a batch's Parquet and the table hold beside the bookkeeping.

        `updated_at` (更新时间) is bookkeeping: every batch table has it, so it is not among them.
        """
        stored = [
            Column(
                each.name,
                each.sql_type,
                each.label,
                each.unit,
                each.meaning,
                allowed=tuple(each.values) + ((each.otherwise,) if each.otherwise else ()),
                is_count=each.type == "count",
            )
            for each in self.fields
            if each.sql_type and each.name != "updated_at"
        ]
        worked_out = [
            Column(each.name, RULE_TYPES[each.rule], each.label, each.unit, each.meaning)
            for each in self.derived
        ]
        return (*stored, *worked_out)


@cache
def ledgers(folder: Path = FOLDER) -> dict[str, Ledger]:
    """Every ledger by name, those that others refer to first (grids, then enterprises, then facts)."""
    found = [
        _ledger(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.toml"))
    ]
    found.sort(key=lambda ledger: (len(ledger.needs), ledger.name))
    return {ledger.name: ledger for ledger in found}


def _ledger(name: str, raw: dict[str, Any]) -> Ledger:
    return Ledger(
        name=name,
        title=raw["title"],
        grain=raw["grain"],
        source=raw["source"],
        key=tuple(tuple(part) for part in raw["key"]),
        fields=tuple(_field(each) for each in raw["field"]),
        derived=tuple(_derived(each) for each in raw.get("derived", [])),
        required_groups=tuple(tuple(group) for group in raw.get("required_groups", [])),
        needs=tuple(raw.get("needs", [])),
        time=raw.get("time"),
        order=tuple(raw.get("order", [])),
        fill=tuple(_fill(each) for each in raw.get("fill", [])),
        checks=tuple(Check(**{**each, "of": tuple(each["of"])}) for each in raw.get("check", [])),
        cadence_days=raw.get("cadence_days"),
        is_core=raw.get("is_core", False),
        is_seasonal=raw.get("is_seasonal", False),
    )


def _field(raw: dict[str, Any]) -> Field:
    tuples = {
        "headings": tuple(raw.get("headings", ())),
        "values": _texts(raw.get("values", {})),
        "counts_from": tuple(raw.get("counts_from", ())),
        "none_words": tuple(raw.get("none_words", ())),
    }
    return Field(**{"label": (raw.get("headings") or [raw["name"]])[0], **raw, **tuples})


def _fill(raw: dict[str, Any]) -> Fill:
    return Fill(raw["into"], raw["from"], tuple(raw.get("unless", [])), raw.get("where", ""))


def _derived(raw: dict[str, Any]) -> Derived:
    tuples = {"of": tuple(tuple(group) for group in raw.get("of", ())), "when": _texts(raw.get("when", {}))}
    return Derived(**{**raw, **tuples})


def _texts(raw: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {value: tuple(texts) for value, texts in raw.items()}
