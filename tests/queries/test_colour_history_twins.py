"""Colours over time against plain Python: rated by hand and worked out by rules, some firms gone."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median

import pandas as pd
import pytest

from data.rule_shelf import shipped
from data.warehouse import Snapshot, Store
from queries import Scope, colour_history, shop_lists
from queries.catalogue import Question, questions
from tests.builders import load, snapshot_of, street_of
from tests.data.colouring.ledgers import ledgers
from tests.queries.streets import AS_AT, COMMUNITIES, Row

FOREVER = date.max
BEGAN = date(2025, 9, 1)
SCHEMES = ("enterprise", "shop")
TOPICS = ("colour_history", "shop_lists")
SCOPES = [
    Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT),
    Scope(date(2026, 8, 1), date(2026, 11, 1), ("一号社区",), as_at=datetime(2026, 10, 31, 23, 59)),
    Scope(date(2026, 5, 4), date(2026, 11, 23), grids=("WG-0101", "WG-0202"), as_at=AS_AT),
]


@dataclass(frozen=True)
class Subject:
    """One firm under one scheme; who is active leaves never, who left without saying when is not here."""

    key: str
    scheme: str
    grid: str
    community: str
    registered_on: date
    left_on: date
    looks: tuple[tuple[date, str], ...]

    def colour(self, day: date) -> str:
        past = [colour for looked_on, colour in self.looks if looked_on <= day]
        return past[-1] if past else "unrated"

    def looked_on(self, day: date) -> date:
        return max(looked_on for looked_on, _ in self.looks if looked_on <= day)

    def turns(self, day: date) -> list[tuple[date, str, str | None]]:
        """Up to a day and while it was there: when it took which colour after which."""
        found: list[tuple[date, str, str | None]] = []
        before = None
        for looked_on, colour in self.looks:
            if looked_on <= day and looked_on < self.left_on and colour != before:
                found.append((looked_on, colour, before))
                before = colour
        return found


@dataclass(frozen=True)
class Told:
    """A snapshot and its subjects, as plain Python understands the same rows."""

    street: Snapshot
    kinds: dict[str, str]
    subjects: list[Subject]
    rows: dict[str, list[Row]]

    def there(self, scope: Scope, scheme: str) -> Iterator[Subject]:
        """The active and those that left; under a scheme not its own only who was ever rated by then."""
        for each in self.subjects:
            is_near = not scope.grids or each.grid in scope.grids
            is_near = is_near and (not scope.communities or each.community in scope.communities)
            is_own = self.kinds[each.key] == scheme or each.left_on < FOREVER
            is_rated = any(looked_on <= day_of(scope) for looked_on, _ in each.looks)
            if is_near and each.scheme == scheme and (is_own or is_rated):
                yield each

    def active(self, scope: Scope, scheme: str) -> Iterator[Subject]:
        return (each for each in self.there(scope, scheme) if each.left_on == FOREVER)


def day_of(scope: Scope) -> date:
    assert scope.as_at
    return scope.as_at.date()


def day_before(scope: Scope) -> date:
    before = scope.before().as_at
    assert before
    return before.date()


def subjects_of(firms: list[Row], looks: dict[tuple[str, str], list[tuple[date, str]]]) -> list[Subject]:
    found = []
    for firm in firms:
        key, kind = firm["record_key"], firm.get("subject_kind", "enterprise")
        gone_on = FOREVER
        if firm.get("state") == "已注销":
            if firm.get("updated_at") is None:
                continue
            gone_on = firm["updated_at"].date()
        for scheme in SCHEMES:
            own = sorted(looks.get((key, scheme), []))
            if scheme == kind or own:
                found.append(
                    Subject(
                        key, scheme, firm["grid_code"], firm.get("community") or "一号社区",
                        firm.get("registered_on") or date.min, gone_on, tuple(own),
                    )
                )  # fmt: skip
    return found


def rated_by_hand(seed: int) -> dict[str, list[Row]]:
    """Sixty firms rated over fifteen months, no two ratings of one on a day; a third is gone."""
    dice = random.Random(seed)

    def day(begun: date = BEGAN) -> date:
        return begun + timedelta(days=dice.randrange((AS_AT.date() - begun).days))

    firms: list[Row] = []
    rated: dict[tuple[str, str, date], Row] = {}
    for number in range(60):
        key, grid = f"F{number:02}", dice.choice(list(COMMUNITIES))
        kind = dice.choice(SCHEMES)
        is_gone = dice.random() < 0.33
        firms.append(
            {
                "record_key": key,
                "enterprise_no": key,
                "subject_kind": kind,
                "grid_code": grid,
                "community": COMMUNITIES[grid],
                "state": "已注销" if is_gone else dice.choice(["营业", None]),
                "updated_at": datetime.combine(day(date(2026, 3, 1)), datetime.min.time())
                if is_gone and dice.random() < 0.8
                else None,
                "registered_on": dice.choice([None, day()]),
            }
        )
        for _ in range(dice.randrange(9)):
            scheme = kind if dice.random() < 0.85 else dice.choice(SCHEMES)
            rated_on = day()
            rated[key, scheme, rated_on] = {
                "enterprise_key": key,
                "scheme": scheme,
                "rated_on": rated_on,
                "colour": dice.choice(["green", "green", "yellow", "red"]),
            }
    return {"enterprise": firms, "rating": list(rated.values())}


def worked_out(seed: int) -> dict[str, list[Row]]:
    """Ledgers that rules read, with a firm and a shop that left."""
    rows = ledgers(seed)
    for firm in rows["enterprise"]:
        if firm["record_key"] in ("QY-03", "SH-05"):
            firm |= {"state": "已注销", "updated_at": datetime(2026, 10, 6)}
    return rows


@pytest.fixture(
    scope="module", params=[(rated_by_hand, 1), (rated_by_hand, 2), (worked_out, 1), (worked_out, 2)]
)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    invent, seed = request.param
    rows = invent(seed)
    street = street_of(tmp_path_factory.mktemp("colours"), **rows)
    looks: dict[tuple[str, str], list[tuple[date, str]]] = defaultdict(list)
    for row in rows.get("rating", []):
        looks[row["enterprise_key"], row["scheme"]].append((row["rated_on"], row["colour"]))
    with street.cursor() as cursor:
        evaluated = cursor.execute(
            "select enterprise_key, scheme, evaluated_on, colour from colour_evaluation"
        ).fetchall()
    if invent is worked_out:
        assert {scheme for _, scheme, _, colour in evaluated if colour != "unrated"} == set(SCHEMES)
        for key, scheme, looked_on, colour in evaluated:
            looks[key, scheme].append((looked_on, colour))
    kinds = {firm["record_key"]: firm.get("subject_kind", "enterprise") for firm in rows["enterprise"]}
    return Told(street, kinds, subjects_of(rows["enterprise"], looks), rows)


@pytest.mark.parametrize("question", [each for each in questions() if each.name.split(".")[0] in TOPICS],
                         ids=lambda question: question.name)  # fmt: skip
def test_what_is_loaded_later_is_not_known_earlier(
    question: Question, twice: tuple[Snapshot, Snapshot]
) -> None:
    both, first = twice
    scope = Scope(date(2026, 9, 7), date(2026, 11, 16), as_at=datetime(2026, 11, 15, 18))
    earlier = question.ask(both, replace(scope, known_at=datetime(2026, 11, 16)))
    alone = question.ask(first, scope)
    pd.testing.assert_frame_equal(earlier, alone)


def test_what_is_loaded_later_is_known_later(twice: tuple[Snapshot, Snapshot]) -> None:
    both, first = twice
    for ask in (colour_history.flow, colour_history.transitions, shop_lists.gas_coverage):
        assert not ask(both, SCOPES[0]).equals(ask(first, SCOPES[0]))


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Snapshot]:
    """A street of two loads, the second with more of everything and firms gone; and of the first alone."""
    rows = worked_out(3)
    rows["enterprise"][4] |= {"state": "已注销", "updated_at": None}
    rows |= {
        name: [{"enterprise_key": key} | cells for key in ("SH-01", "SH-02", "SH-03")]
        for name, cells in (
            ("shop_need", {"raised_on": "2026-10-01"}),
            ("shop_resource", {"offered_on": "2026-10-01", "resource_kind": "招工"}),
            ("gas_guard", {"checked_on": "2026-10-01"}),
            ("drill", {"held_on": "2026-10-01", "drill_kind": "gas_training"}),
        )
    }
    early = {name: own[: -(-len(own) // 2)] for name, own in rows.items()}
    early["enterprise"] = [
        {name: cell for name, cell in firm.items() if name not in ("state", "updated_at")}
        for firm in rows["enterprise"]
    ]
    folder = tmp_path_factory.mktemp("twice")
    for name in ("both", "first"):
        load(Store(folder / name), "2026-11-15 20:00", **early)
    load(Store(folder / "both"), "2026-11-18 09:00", **rows)
    return snapshot_of(Store(folder / "both")), snapshot_of(Store(folder / "first"))


def month_firsts(day: date, count: int) -> list[date]:
    """The first of this month, of the one before, and so on."""
    firsts = [day.replace(day=1)]
    while len(firsts) < count:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    return firsts


def next_first(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def move(then: str, now: str | None) -> str:
    worse = ["green", "yellow", "red"]
    if now is None:
        return "deregistered"
    if then == now:
        return "unchanged"
    if "unrated" in (then, now):
        return "newly_rated" if then == "unrated" else "lapsed"
    return "downgrade" if worse.index(now) > worse.index(then) else "upgrade"


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_who_moved_where_agrees_with_its_twin(told: Told, scope: Scope, scheme: str) -> None:
    then, now = day_before(scope), day_of(scope)
    moved: Counter[tuple[str, str | None]] = Counter(
        (each.colour(then), each.colour(now)) for each in told.active(scope, scheme)
    )
    moved.update(
        (each.colour(then), None) for each in told.there(scope, scheme) if then < each.left_on <= now
    )
    found = colour_history.flow(told.street, scope, scheme).astype(object)
    found = found.where(found.notna(), None)
    assert {tuple(row) for row in found.values.tolist()} == {
        (before, after, move(before, after), count) for (before, after), count in moved.items()
    }


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_of_each_month_agree_with_their_twin(told: Told, scope: Scope, scheme: str) -> None:
    expected = []
    for first in reversed(month_firsts(day_of(scope), 13)):
        end = min(next_first(first) - timedelta(days=1), day_of(scope))
        worn = Counter(
            each.colour(end)
            for each in told.active(scope, scheme)
            if each.colour(end) != "unrated" or each.registered_on <= end
        )
        if worn.total() > worn["unrated"]:
            counts = [worn[colour] for colour in ("green", "yellow", "red", "unrated")]
            expected.append([first, *counts, sum(counts[:3])])
    found = colour_history.months(told.street, scope, scheme)
    found["month_on"] = found["month_on"].dt.date
    names = ["month_on", "green_count", "yellow_count", "red_count", "unrated_count", "rated_count"]
    assert found[names].values.tolist() == expected
    assert expected


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_matrix_of_months_agrees_with_its_twin(told: Told, scope: Scope, scheme: str) -> None:
    moved: Counter[tuple[str, str | None]] = Counter()
    for first in month_firsts(day_of(scope), 13)[1:]:
        last = next_first(first)
        there = [
            each
            for each in told.there(scope, scheme)
            if each.left_on > first and (each.colour(first) != "unrated" or each.registered_on <= first)
        ]
        if all(each.colour(first) == "unrated" for each in there):
            continue
        moved.update(
            (each.colour(first), each.colour(last) if each.left_on > last else None) for each in there
        )
    found = colour_history.transitions(told.street, scope, scheme).astype(object)
    found = found.where(found.notna(), None)
    assert {tuple(row) for row in found.iloc[:, :3].values.tolist()} == {
        (then, now, count) for (then, now), count in moved.items()
    }
    for then, now, count, base, rate in found.values.tolist():
        kept = sum(each for (before, after), each in moved.items() if before == then and after)
        assert (base, rate) == ((kept, pytest.approx(count / kept)) if now else (None, None))


def red_lives(told: Told, scope: Scope, scheme: str) -> list[tuple[int, bool]]:
    """Every way from the first red after a green: how many days, and whether it came to green."""
    lives = []
    for each in told.there(scope, scheme):
        red_on = None
        for turned_on, colour, _ in each.turns(day_of(scope)):
            if colour == "red" and red_on is None:
                red_on = turned_on
            elif colour == "green" and red_on is not None:
                lives.append(((turned_on - red_on).days, True))
                red_on = None
        if red_on is not None:
            lives.append(((min(day_of(scope), each.left_on) - red_on).days, False))
    return lives


def curve(lives: list[tuple[int, bool]]) -> list[tuple[float, float]]:
    """Kaplan and Meier's product, one length at a time."""
    steps, share = [], 1.0
    for length in sorted({lasted for lasted, _ in lives}):
        at_risk = sum(lasted >= length for lasted, _ in lives)
        share *= 1 - sum(lasted == length and is_ended for lasted, is_ended in lives) / at_risk
        steps.append((float(length), share))
    return steps


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_way_from_red_to_green_agrees_with_its_twin(told: Told, scope: Scope, scheme: str) -> None:
    lives = red_lives(told, scope, scheme)
    steps = curve(lives)
    found = colour_history.time_to_green(told.street, scope, scheme)
    expected = [(0.0, 1.0), *steps] if steps else []
    assert found["red_lasted_days"].tolist() == [lasted for lasted, _ in expected]
    assert found["share_not_green"].tolist() == pytest.approx([share for _, share in expected])
    summary = colour_history.turned_green(told.street, scope).set_index("scheme").loc[scheme]
    assert summary["red_lives"] == len(lives)
    assert summary["red_lives_ended"] == sum(is_ended for _, is_ended in lives)
    half = [lasted for lasted, share in steps if share <= 0.5 + 1e-9]
    assert summary["red_to_green_days"] == pytest.approx(min(half, default=float("nan")), nan_ok=True)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_who_turned_green_and_held_agrees_with_its_twin(told: Told, scope: Scope, scheme: str) -> None:
    summary = colour_history.turned_green(told.street, scope).set_index("scheme").loc[scheme]
    then, now = day_before(scope), day_of(scope)
    bad = [each for each in told.active(scope, scheme) if each.colour(then) in ("yellow", "red")]
    assert summary["not_green_then"] == len(bad)
    assert summary["turned_green"] == sum(each.colour(now) == "green" for each in bad)
    followed, rebounds = 0, 0
    for each in told.there(scope, scheme):
        turns = each.turns(now)
        for turned_on, colour, before in turns:
            over_on = turned_on + timedelta(days=60)
            if colour != "green" or before not in ("yellow", "red"):
                continue
            if scope.since <= over_on < scope.until and over_on <= min(now, each.left_on):
                followed += 1
                rebounds += any(
                    again in ("yellow", "red") and turned_on < again_on <= over_on
                    for again_on, again, _ in turns
                )
    assert (summary["green_followed"], summary["green_rebounds"]) == (followed, rebounds)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_rebound_is_named_with_its_dates(told: Told, scope: Scope, scheme: str) -> None:
    now, expected = day_of(scope), set()
    for each in told.active(scope, scheme):
        turns = each.turns(now)
        for turned_on, colour, before in turns:
            later = [
                (again_on, again)
                for again_on, again, _ in turns
                if again in ("yellow", "red") and again_on > turned_on
            ]
            if colour == "green" and before in ("yellow", "red") and later:
                again_on, again = later[0]
                days = (again_on - turned_on).days
                if days <= 60 and scope.since - timedelta(days=60) <= again_on < scope.until:
                    expected.add((each.key, before, turned_on, again_on, again, days, each.colour(now)))
    found = colour_history.rebound_list(told.street, scope, scheme)
    for name in ("turned_green_on", "rebound_on"):
        found[name] = found[name].dt.date
    names = ["enterprise_key", "colour_before", "turned_green_on", "rebound_on", "rebound_colour",
             "rebound_days", "colour"]  # fmt: skip
    assert {tuple(row) for row in found[names].values.tolist()} == expected
    assert found["rebound_on"].is_monotonic_decreasing


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_how_fresh_the_evidence_is_agrees_with_its_twin(told: Told, scope: Scope, scheme: str) -> None:
    names = {(firm["grid_code"], firm.get("name")): firm["record_key"] for firm in told.rows["enterprise"]}
    seen: dict[str, date] = {}
    looks = [
        (names.get(("WG-0101", row["place"])), date.fromisoformat(row["patrolled_at"][:10]))
        for row in told.rows.get("patrol_log", [])
    ]
    looks += [
        (row["enterprise_key"], date.fromisoformat(str(row["found_on"])))
        for row in told.rows.get("finding", [])
    ]
    now = day_of(scope)
    for key, seen_on in looks:
        if key and seen_on <= now:
            seen[key] = max(seen.get(key, date.min), seen_on)
    active = list(told.active(scope, scheme))
    rated = [each for each in active if each.colour(now) != "unrated"]
    limit = shipped(scheme).stale_after_days
    fresh = sum(each.key in seen and (now - seen[each.key]).days <= limit for each in rated)
    unseen = sum(each.key not in seen and (now - each.looked_on(now)).days <= limit for each in rated)
    ages = [(now - seen[each.key]).days for each in active if each.key in seen]
    found = colour_history.evidence(told.street, scope).set_index("scheme")
    if not active:
        assert scheme not in found.index
        return
    row = found.loc[scheme]
    assert (row["fresh_count"], row["never_seen_count"], row["subject_count"]) == (fresh, unseen, len(active))
    assert row["stale_count"] == len(rated) - fresh - unseen
    assert row["fresh_rate"] == pytest.approx(fresh / len(active))
    assert row["median_seen_days"] == pytest.approx(median(ages) if ages else float("nan"), nan_ok=True)
