"""How every subject stands, in plain Python: from the ledgers' rows and the looks worked out of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from data.colouring.catalogue import facts as catalogue
from data.colouring.scoring import look
from data.rule_shelf import shipped
from data.rules import COLOURS, SCHEMES, Rule
from data.warehouse import Snapshot

Row = dict[str, Any]
GONE = re.compile("注销|吊销|空铺|搬迁|迁出|倒闭|关闭")
BADNESS = {colour: rank for rank, colour in enumerate(COLOURS)}
RANKS = {"veto": 1, "escalation": 2, "cap": 3, "deduct": 4}
WORST_FIRST = ("red", "yellow", "unrated", "green")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Item:
    """One item that fired at a look: where it stands in its rule, what it says, what it cost."""

    number: int
    item: str
    kind: str
    fact: str
    count: int
    lost: int
    reason: str
    release: str


@dataclass(frozen=True)
class Status:
    """One active subject under one scheme on one day; `look` or `rating` is what its colour comes from."""

    firm: Row
    scheme: str
    colour: str
    since: date | None
    look: Row | None
    rating: Row | None
    rated: Row | None
    seen: date | None
    is_stale: bool

    @property
    def key(self) -> str:
        return str(self.firm["record_key"])

    @property
    def basis(self) -> str | None:
        if self.look:
            return "override" if self.look["is_overridden"] else "rule"
        return "rating" if self.rating else None

    @property
    def is_held(self) -> bool:
        """Whether its last look alone was better than the colour it wears by its rule."""
        return (
            self.look is not None
            and not self.look["is_overridden"]
            and self.colour in BADNESS
            and self.look["candidate"] in BADNESS
            and BADNESS[self.look["candidate"]] < BADNESS[self.colour]
        )


class Twin:
    """A snapshot's rows, read once, and what follows from them."""

    def __init__(self, street: Snapshot) -> None:
        self.street = street
        self.rules = {scheme: shipped(scheme) for scheme in SCHEMES}

    def table(self, sql: str) -> list[Row]:
        with self.street.cursor() as cursor:
            found = cursor.execute(sql)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    @cached_property
    def firms(self) -> list[Row]:
        return self.table("select * from enterprise order by record_key")

    @cached_property
    def hazards(self) -> list[Row]:
        return self.table("select * from hazard order by hazard_no")

    @cached_property
    def looks(self) -> dict[tuple[str, str], list[Row]]:
        """Every subject's looks under every scheme, in their order."""
        found = defaultdict(list)
        for row in self.table("select * from colour_evaluation order by evaluated_on"):
            found[row["enterprise_key"], row["scheme"]].append(row)
        return found

    @cached_property
    def ratings(self) -> dict[tuple[str, str], list[Row]]:
        found = defaultdict(list)
        for row in self.table(
            "select * from rating order by rated_on, coalesce(updated_at, known_at), record_key"
        ):
            found[row["enterprise_key"], row["scheme"]].append(row)
        return found

    @cached_property
    def fired(self) -> dict[int, list[Item]]:
        """The items that fired at each look, in the order of its rule."""
        numbers = {row["evaluation_no"]: row["scheme"] for rows in self.looks.values() for row in rows}
        found = defaultdict(list)
        for row in self.table("select * from evaluation_fired"):
            found[row["evaluation_no"]].append(_item(self.rules[numbers[row["evaluation_no"]]], row))
        return {number: sorted(items, key=lambda each: each.number) for number, items in found.items()}

    @cached_property
    def facts(self) -> dict[int, dict[str, int]]:
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for row in self.table("select * from evaluation_fact"):
            found[row["evaluation_no"]][row["fact"]] = row["fact_count"]
        return found

    @cached_property
    def computed_from(self) -> dict[str, date]:
        """The day of each scheme's first look that gave a colour."""
        found: dict[str, date] = {}
        for (_, scheme), rows in self.looks.items():
            for row in rows:
                if row["colour"] != "unrated":
                    found[scheme] = min(found.get(scheme, row["evaluated_on"]), row["evaluated_on"])
        return found

    @cached_property
    def seen(self) -> dict[str, list[date]]:
        found = defaultdict(list)
        for row in self.table("select * from subject_seen"):
            found[row["enterprise_key"]].append(row["seen_on"])
        return found

    def statuses(self, day: date, scheme: str = "") -> list[Status]:
        """Everybody's on a day, by key and scheme."""
        found = []
        for firm in self.firms:
            if firm["state"] and GONE.search(firm["state"]):
                continue
            for each in SCHEMES:
                status = self._status(firm, each, day)
                if (each == firm["subject_kind"] or status.basis) and scheme in ("", each):
                    found.append(status)
        return found

    def _status(self, firm: Row, scheme: str, day: date) -> Status:
        key = firm["record_key"], scheme
        looks = [row for row in self.looks[key] if row["evaluated_on"] <= day]
        rated = [row for row in self.ratings[key] if row["rated_on"] <= day]
        start = self.computed_from.get(scheme)
        look_now = rating = None
        if start and day >= start:
            look_now = looks[-1] if looks and looks[-1]["evaluated_on"] >= start else None
        else:
            rating = rated[-1] if rated else None
        colour = str((look_now or rating or {"colour": "unrated"})["colour"])
        since = None
        if colour != "unrated":
            since = _since(looks, "evaluated_on") if look_now else _since(rated, "rated_on")
        seen = max((each for each in self.seen[firm["record_key"]] if each <= day), default=None)
        worn_from = rating["rated_on"] if rating else look_now["evaluated_on"] if look_now else day
        evidence: date = seen or worn_from
        stale = colour != "unrated" and (day - evidence).days > self.rules[scheme].stale_after_days
        last = rated[-1] if rated else None
        return Status(firm, scheme, colour, since, look_now, rating, last, seen, stale)

    def reason(self, status: Status) -> str | None:
        """Why, in the words of the rule or of the ledger of ratings."""
        if status.rating:
            return status.rating["reason"] or None
        said = ["留用观察，最近一次评定已达标"] if status.is_held else []
        items = sorted(self.items(status), key=lambda each: (RANKS[each.kind], each.number))
        said += [item.reason + (f" −{item.lost}" if item.lost else "") for item in items]
        return "；".join(said) or None

    def release(self, status: Status, day: date) -> str | None:
        """What releases a red one: what has to be put right, then what has to be waited for."""
        released = [item.release for item in self.items(status) if item.kind != "deduct"]
        said = list(dict.fromkeys(filter(None, released)))
        if status.is_held:
            assert status.look
            need, dwelt = (
                self.rules[status.scheme].hysteresis.passes,
                (day - status.look["standing_since_on"]).days,
            )
            said.append(
                f"连续达标 {need} 次（已 {status.look['pass_count']} 次），"
                f"留满 {status.look['dwell_days']} 天（已 {dwelt} 天）"
            )
        return "；".join(said) or None

    def items(self, status: Status) -> list[Item]:
        return self.fired.get(status.look["evaluation_no"], []) if status.look else []

    def point_edges(self, status: Status) -> list[str]:
        """The facts of which one unit more would cost the level by points: each tried and scored anew."""
        row = status.look
        if not row or row["is_overridden"] or row["colour"] not in ("green", "yellow"):
            return []
        rule, told = self.rules[status.scheme], self.facts.get(row["evaluation_no"], {})
        if _candidate(rule, told) != row["colour"]:
            return []
        decisive = {veto.fact for veto in rule.vetoes} | (
            {rule.escalation.fact} if rule.escalation else set()
        )
        tried = [item.fact for item in rule.deductions if item.fact not in decisive]
        return [
            fact
            for fact in tried
            if BADNESS[_candidate(rule, told | {fact: told.get(fact, 0) + 1})] > BADNESS[status.colour]
        ]

    def limits(self, status: Status, day: date) -> list[tuple[date, str]]:
        """The hazards of a green subject whose limit is seven days off at most, by those days."""
        if status.colour != "green" or status.basis != "rule":
            return []
        return sorted(
            (due, row["hazard_no"])
            for row in self.hazards
            if (row["grid_code"], row["place"]) == (status.firm["grid_code"], status.firm["name"])
            if (due := _limit(row, status.scheme, day)) and day <= due <= day + 7 * DAY
        )


def labels(names: list[str]) -> str:
    return "、".join(catalogue()[name].label for name in names)


def _limit(row: Row, scheme: str, day: date) -> date | None:
    """The day of the limit of a case that is open on a day and can still be late; None for any other."""
    due = row["extended_due_at"] or row["due_at"]
    handled = row["handled_at"] or row["closed_at"]
    left = [moment.date() for moment in (row["closed_at"], row["voided_at"]) if moment]
    is_out = (
        due is None
        or row["filed_at"].date() > day
        or any(each <= day for each in left)
        or row["is_self_handled"]
        or row["is_suspended"]
        or (row["level"] == "major" and scheme == "enterprise")
        or (handled and handled.date() <= day and handled <= due)
    )
    return None if is_out else due.date()


def _since(rows: list[Row], when: str) -> date:
    """The day the present run of one colour began."""
    run = list(_run(rows))
    day: date = run[-1][when]
    return day


def _run(rows: list[Row]) -> Iterator[Row]:
    for row in reversed(rows):
        if row["colour"] != rows[-1]["colour"]:
            return
        yield row


def _candidate(rule: Rule, told: dict[str, int]) -> str:
    """What one look gives where nothing has been late for too long."""
    columns = {fact: np.array([count]) for fact, count in told.items()}
    return COLOURS[int(look(rule, columns, np.zeros(1, np.int64), 1).candidates[0])]


def _item(rule: Rule, row: Row) -> Item:
    count, lost = row["fact_count"], row["lost_points"]
    for number, deduction in enumerate(rule.deductions, start=1):
        if deduction.id == row["item"]:
            reason = deduction.reason.replace("{n}", str(count))
            return Item(number, deduction.id, "deduct", deduction.fact, count, lost, reason, "")
    for number, veto in enumerate(rule.vetoes, start=len(rule.deductions) + 1):
        if veto.id == row["item"]:
            kind, reason = "veto" if veto.colour == 2 else "cap", veto.reason.replace("{n}", str(count))
            return Item(number, veto.id, kind, veto.fact, count, lost, reason, veto.release)
    late = rule.escalation
    assert late and row["item"] == "escalation"
    reason = late.reason.replace("{n}", str(late.overdue_days))
    return Item(999, "escalation", "escalation", late.fact, count, lost, reason, "整改并复查合格")
