"""The glossary: what every column is called, counted in and means, and how every measure is worked out."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from data.contract import Ledger, ledgers
from data.settings import PACKAGE
from data.store.tables import BOOKKEEPING

FILE = PACKAGE / "reference" / "glossary.toml"


@dataclass(frozen=True)
class Word:
    """One name and its meaning.

    `unit` "%" marks a rate of 0-1; `direction` says what is better: higher, lower, none.

    A measure also has a `formula`; `numerator` and `denominator` name the counts it is made from, where it
    is. `values` are the words for the codes the column holds. `is_people` counts are hidden when small.
    """

    name: str
    label: str
    unit: str = ""
    meaning: str = ""
    formula: str = ""
    numerator: str = ""
    denominator: str = ""
    direction: str = "none"
    basis: str = ""
    source: str = ""
    is_people: bool = False
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_measure(self) -> bool:
        """Whether it is worked out, rather than told by a ledger."""
        return bool(self.formula)


@cache
def words(*sources: str) -> Mapping[str, Word]:
    """Every word by name.

    Where ledgers call columns of one name differently, those named in `sources` go first.
    """
    told = _told()
    known = ledgers()
    order = [known[name] for name in sources if name in known]
    order += [ledger for ledger in known.values() if ledger not in order]
    found: dict[str, Word] = {}
    for ledger in order:
        for word in _of_ledger(ledger):
            first = found.setdefault(word.name, word)
            values = {**word.values, **told["values"].get(word.name, {}), **first.values}
            found[word.name] = replace(first, values=values)
    for column in BOOKKEEPING:
        found.setdefault(column.name, Word(column.name, column.label, column.unit, column.meaning))
    return found | {name: Word(name=name, **cells) for name, cells in told["words"].items()}


def measures() -> list[Word]:
    """Every measure, in the glossary's order."""
    return [Word(name=name, **cells) for name, cells in _told()["words"].items() if cells.get("formula")]


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _of_ledger(ledger: Ledger) -> Iterator[Word]:
    spelt = {
        each.name: {code: (texts[0] if texts else code) for code, texts in each.values.items()}
        | ({each.otherwise: "其他"} if each.otherwise else {})
        for each in ledger.fields
    }
    for column in ledger.columns:
        yield Word(
            column.name,
            column.label,
            column.unit,
            column.meaning,
            source=ledger.title,
            values=spelt.get(column.name, {}),
        )
