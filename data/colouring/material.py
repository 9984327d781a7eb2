"""What one scheme's colours are worked out from, as columns: subjects, spells of facts, overrides."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np

from data.colouring.scoring import Integers
from data.colouring.spells import Points, counted
from data.rules import COLOURS

FAR = 3_000_000
EPOCH = "date '1970-01-01'"


@dataclass(frozen=True)
class Spells:
    """The spells of one fact: subject by subject so many units on since <= day < until, days since 1970.

    `rows` number the rows of a ledger that tell them, -1 for none, where somebody wanted to know.
    """

    subjects: Integers
    since: Integers
    until: Integers
    units: Integers
    rows: Integers | None = None

    def at(self, points: Points, later: int = 0) -> Integers:
        """The units at every point; with `later` only of spells that have gone on for so many days before."""
        return counted(
            points, self.subjects, self.since + later, np.maximum(self.until, self.since + later), self.units
        )


NONE = Spells(*(np.zeros(0, np.int64) for _ in range(4)))


@dataclass(frozen=True)
class Override:
    """A colour given by hand to one subject from `since` on, up to and without `until`."""

    subject: int
    colour: int
    since: int
    until: int


@dataclass(frozen=True)
class Material:
    """One scheme's subjects, numbered in the order of `keys`, and what is known of them.

    `first_seen` is FAR for a subject nobody ever visited; `known_from` is the day a fact is told at all from.
    """

    scheme: str
    keys: tuple[str, ...]
    first_seen: Integers
    spells: Mapping[str, Spells]
    known_from: Mapping[str, int]
    overrides: tuple[Override, ...]

    def of(self, fact: str) -> Spells:
        """The spells of a fact; none where nothing tells it."""
        return self.spells.get(fact, NONE)


def material(street: duckdb.DuckDBPyConnection, scheme: str, with_rows: bool = False) -> Material:
    """Read what a connection tells of a scheme's subjects; `with_rows` also which rows tell their spells.

    It must see fact_spell, fact_known and subject_seen, and the table coloured: scheme, enterprise_key,
    subject_no from 0 in the order of the keys.
    """
    given = {"scheme": scheme}
    subjects = street.execute(
        f"""
        select coloured.enterprise_key, coalesce(date_diff('day', {EPOCH}, min(seen_on)), {FAR}) as first_seen
        from coloured
        left join subject_seen on subject_seen.enterprise_key = coloured.enterprise_key
        where scheme = $scheme
        group by coloured.enterprise_key, subject_no
        order by subject_no
        """,
        given,
    ).fetchnumpy()
    known = street.execute(
        f"select fact, date_diff('day', {EPOCH}, known_from) from fact_known"
        " where scheme = $scheme order by fact",
        given,
    ).fetchall()
    overrides = street.execute(
        f"""
        select subject_no, colour, date_diff('day', {EPOCH}, from_on), date_diff('day', {EPOCH}, until_on) + 1
        from coloured_override
        join coloured using (enterprise_key, scheme)
        where scheme = $scheme
        order by from_on, subject_no
        """,
        given,
    ).fetchall()
    return Material(
        scheme,
        tuple(str(key) for key in subjects["enterprise_key"]),
        np.asarray(subjects["first_seen"], np.int64),
        _spells(street, scheme, with_rows),
        {str(fact): int(day) for fact, day in known},
        tuple(Override(int(who), COLOURS.index(colour), int(a), int(b)) for who, colour, a, b in overrides),
    )


def _spells(street: duckdb.DuckDBPyConnection, scheme: str, with_rows: bool) -> dict[str, Spells]:
    row_no = ", case when record_key is null then -1 else dense_rank() over (order by ledger, record_key) end"
    told = street.execute(
        f"""
        select
            dense_rank() over (order by fact) - 1 as fact_no, subject_no, unit_count,
            date_diff('day', {EPOCH}, from_on) as since, date_diff('day', {EPOCH}, until_on) as until
            {row_no + " as row_no" if with_rows else ""}
        from fact_spell
        join coloured using (enterprise_key)
        where scheme = $scheme
        order by fact_no
        """,
        {"scheme": scheme},
    ).fetchnumpy()
    names = street.execute(
        "select distinct fact from fact_spell join coloured using (enterprise_key)"
        " where scheme = $scheme order by fact",
        {"scheme": scheme},
    ).fetchall()
    columns = {name: np.asarray(values, np.int64) for name, values in told.items()}
    edges = np.searchsorted(columns["fact_no"], np.arange(len(names) + 1))
    return {
        str(name): Spells(
            *(
                columns[each][edges[at] : edges[at + 1]]
                for each in ("subject_no", "since", "until", "unit_count", *(["row_no"] if with_rows else []))
            )
        )
        for at, (name,) in enumerate(names)
    }
