"""The facts a three-colour rule may read: what each is called, what tells it, whether it can be mended."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from data.settings import PACKAGE

FILE = PACKAGE / "reference" / "three_colour" / "facts.toml"


@dataclass(frozen=True)
class Fact:
    """One fact: so many units of something bad at a subject on a day; 0 is best.

    `ledger` tells it. A fact of the ledger `finding` is recognised by `words` in what was looked at; with
    `days` it counts for so long after it was found, without until a later look finds it put right. `mend`
    says what puts it right; empty where only time does, which is then `wait`. `goes_with` are facts that
    the same row tells, put right with it.
    """

    name: str
    label: str
    unit: str
    ledger: str
    mend: str = ""
    wait: str = ""
    words: tuple[str, ...] = ()
    goes_with: tuple[str, ...] = ()
    days: int | None = None

    @property
    def is_mendable(self) -> bool:
        """Whether somebody can put it right today."""
        return bool(self.mend)


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact by name."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    return {
        name: Fact(
            name=name, **{**cells, **{key: tuple(cells.get(key, ())) for key in ("words", "goes_with")}}
        )
        for name, cells in told.items()
    }
