"""The questions of 三色管理 against plain Python, on a street whose colours follow from its ledgers."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from queries import Scope, three_colour, visits
from tests.queries import colour_twins
from tests.queries.colour_streets import AS_AT
from tests.queries.colour_twins import BADNESS, WORST_FIRST, Status
from tests.queries.conftest import Coloured

COLOURS = (*BADNESS, "unrated")
SCHEMES = ("enterprise", "shop")
SCOPES = (
    Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT),
    Scope(date(2026, 8, 1), date(2026, 9, 1), as_at=datetime(2026, 8, 31, 23, 59, 59)),
    Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT, communities=("一号社区",)),
    Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT, grids=("WG-0101", "WG-0201")),
    # before anything was looked at, and while only the meetings had decided
    Scope(date(2025, 1, 1), date(2025, 1, 8), as_at=datetime(2025, 1, 7)),
    Scope(date(2026, 1, 26), date(2026, 2, 2), as_at=datetime(2026, 2, 1, 18)),
)
everywhere = pytest.mark.parametrize(
    "scope", SCOPES, ids=("now", "august", "community", "grids", "never", "rated")
)
either = pytest.mark.parametrize("scheme", SCHEMES)


def standing(coloured: Coloured, scope: Scope, scheme: str = "") -> list[Status]:
    """The subjects of a scope as they stood, by key and scheme."""
    assert scope.as_at
    return [
        status
        for status in coloured.twin.statuses(scope.as_at.date(), scheme)
        if scope.grids == () or status.firm["grid_code"] in scope.grids
        if scope.communities == () or status.firm["community"] in scope.communities
    ]


def on(scope: Scope) -> date:
    assert scope.as_at
    return scope.as_at.date()


def rate(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator else None


def plain(value: Any) -> Any:
    """A cell of a frame as Python writes it; None for nothing."""
    if value is None or pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def rows(frame: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(plain(row[name]) for name in names) for row in frame.to_dict("records")]


@everywhere
def test_colours_are_counted(coloured: Coloured, scope: Scope) -> None:
    now, before = standing(coloured, scope), standing(coloured, scope.before())
    expected = []
    for scheme in SCHEMES:
        here = Counter(each.colour for each in now if each.scheme == scheme)
        then = Counter(each.colour for each in before if each.scheme == scheme)
        rated = here.total() - here["unrated"]
        expected.append(
            (
                scheme,
                *(here[colour] for colour in COLOURS),
                rated,
                sum(each.is_stale for each in now if each.scheme == scheme),
                here.total(),
                *(then[colour] for colour in BADNESS),
                then.total() - then["unrated"],
                *(rate(here[colour], rated) for colour in BADNESS),
                rate(rated, here.total()),
            )
        )
    found = three_colour.colour_counts(coloured.street, scope)
    names = [
        "scheme", "green_count", "yellow_count", "red_count", "unrated_count", "rated_count", "stale_count",
        "subject_count", "green_count_before", "yellow_count_before", "red_count_before",
        "rated_count_before", "green_rate", "yellow_rate", "red_rate", "rated_rate",
    ]  # fmt: skip
    assert rows(found, *names) == expected


@everywhere
@either
def test_figures_are_those_of_their_own_questions(coloured: Coloured, scope: Scope, scheme: str) -> None:
    told = three_colour.figures(coloured.street, scope, scheme=scheme).set_index("figure")
    values = {}
    for suffix, asked in (("", scope), ("_before", scope.before())):
        here = standing(coloured, asked, scheme)
        worn = Counter(each.colour for each in here)
        rated = worn.total() - worn["unrated"]
        # a rating of the ledger tells nothing of how near an edge is
        is_looked_at = any(each.look and each.colour != "unrated" for each in here)
        near = sum(1 for each in here if coloured.twin.point_edges(each)) if is_looked_at else None
        called = visits.coverage_by_colour(coloured.street, asked).query("scheme == @scheme")
        due, in_time = int(called["visit_due_subjects"].sum()), int(called["visited_in_time"].sum())
        expected = {
            "red_rate": (rate(worn["red"], rated), worn["red"], rated),
            "yellow_rate": (rate(worn["yellow"], rated), worn["yellow"], rated),
            "green_rate": (rate(worn["green"], rated), worn["green"], rated),
            "rated_rate": (rate(rated, worn.total()), rated, worn.total()),
            "near_edge_count": (near, near, worn["green"] + worn["yellow"]),
            "visit_coverage_rate": (rate(in_time, due), in_time, due),
        }
        for figure, told_here in expected.items():
            names = (f"value{suffix}", f"numerator{suffix}", f"denominator{suffix}")
            assert tuple(plain(told.loc[figure, name]) for name in names) == told_here, figure + suffix
            values[figure + suffix] = told_here[0]
    assert told.index.tolist() == list(expected)
    for figure in expected:
        now, before = values[figure], values[f"{figure}_before"]
        change = None if now is None or before is None else now - before
        assert plain(told.loc[figure, "change"]) == (change if change is None else pytest.approx(change))


@everywhere
def test_subjects_stand_as_they_do(coloured: Coloured, scope: Scope) -> None:
    expected = []
    for each in standing(coloured, scope):
        score = each.look["score"] if each.look else each.rating["score"] if each.rating else None
        days = (on(scope) - each.since).days if each.since else None
        firm = [
            each.firm[name]
            for name in ("name", "industry", "district", "park", "community", "grid_code", "inherent_risk",
                         "responsible_post")
        ]  # fmt: skip
        expected.append(
            (each.scheme, each.key, each.colour, each.since, days, score, each.is_stale, each.seen,
             coloured.twin.reason(each), *firm)
        )  # fmt: skip
    found = three_colour.subjects(coloured.street, scope, scheme="")
    names = ("scheme", "enterprise_key", "colour", "colour_since_on", "colour_days", "score", "is_stale",
             "last_seen_on", "reason", "name", "industry", "district", "park", "community", "grid_code",
             "inherent_risk", "responsible_post")  # fmt: skip
    told = rows(found, *names)
    assert sorted(told, key=lambda row: row[:2]) == sorted(expected, key=lambda row: row[:2])
    ranks = [WORST_FIRST.index(row[2]) for row in told]
    assert ranks == sorted(ranks)


@either
@pytest.mark.parametrize("by", ["district", "park", "industry"])
def test_subjects_are_narrowed_to_one_of_a_kind(coloured: Coloured, scheme: str, by: str) -> None:
    everybody = standing(coloured, SCOPES[0], scheme)
    for chosen in {each.firm[by] or "" for each in everybody}:
        found = three_colour.subjects(coloured.street, SCOPES[0], scheme=scheme, by=by, chosen=chosen)
        expected = {each.key for each in everybody if (each.firm[by] or "") == chosen}
        assert set(found["enterprise_key"]) == expected
        assert len(found) == len(expected)


@everywhere
@either
@pytest.mark.parametrize("by", ["grid", "community", "district", "park", "industry"])
def test_groups_add_up(coloured: Coloured, scope: Scope, scheme: str, by: str) -> None:
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for each in standing(coloured, scope, scheme):
        name = each.firm["grid_code" if by == "grid" else by]
        if name is not None:
            groups[name][each.colour] += 1
    found = three_colour.by_group(coloured.street, scope, scheme=scheme, by=by)
    told = {row[0]: row[1:] for row in rows(found, "group_name", *(f"{colour}_count" for colour in COLOURS))}
    assert told == {name: tuple(worn[colour] for colour in COLOURS) for name, worn in groups.items()}
    for row in found.to_dict("records"):
        worn = groups[row["group_name"]]
        rated = worn.total() - worn["unrated"]
        assert (row["rated_count"], row["is_rankable"]) == (rated, rated >= 30)
        assert plain(row["red_rate"]) == rate(worn["red"], rated)
        if rated:
            assert row["red_rate_low"] - 1e-12 <= row["red_rate"] <= row["red_rate_high"] + 1e-12


@everywhere
def test_the_red_say_why_since_when_and_what_releases_them(coloured: Coloured, scope: Scope) -> None:
    twin = coloured.twin
    expected = {
        (each.scheme, each.key): (
            each.since, each.since and (on(scope) - each.since).days, twin.reason(each),
            twin.release(each, on(scope)), each.basis, each.is_stale,
            (each.rating or each.firm)["source_row"],
        )
        for each in standing(coloured, scope)
        if each.colour == "red"
    }  # fmt: skip
    found = three_colour.red_list(coloured.street, scope)
    names = ("red_since_on", "red_days", "reason", "release", "colour_basis", "is_stale", "source_row")
    told = rows(found, "scheme", "enterprise_key", *names)
    assert {row[:2]: row[2:] for row in told} == expected
    assert [row[:2] for row in told] == sorted(expected, key=lambda key: (key[0], expected[key][0], key[1]))


@everywhere
def test_changes_of_colour_are_named(coloured: Coloured, scope: Scope) -> None:
    then = {(each.scheme, each.key): each.colour for each in standing(coloured, scope.before())}
    expected = {}
    for each in standing(coloured, scope):
        before = then.pop((each.scheme, each.key), "unrated")
        if before == each.colour:
            continue
        change = (
            "newly_rated" if before == "unrated"
            else "lapsed" if each.colour == "unrated"
            else "downgrade" if BADNESS[each.colour] > BADNESS[before]
            else "upgrade"
        )  # fmt: skip
        expected[each.scheme, each.key] = (before, each.colour, change, each.since)
    for pair, before in then.items():
        expected[pair] = (before, "unrated", "lapsed", None)
    found = three_colour.colour_changes(coloured.street, scope)
    names = ("colour_then", "colour", "colour_change", "colour_since_on")
    told = rows(found, "scheme", "enterprise_key", *names)
    assert {row[:2]: row[2:] for row in told} == expected


@everywhere
def test_whoever_is_near_an_edge_is_who_one_thing_more_would_cost_a_level(
    coloured: Coloured, scope: Scope
) -> None:
    twin = coloured.twin
    expected: list[tuple[Any, ...]] = []
    for each in standing(coloured, scope):
        if facts := twin.point_edges(each):
            assert each.look
            floors = dict(zip(COLOURS, twin.rules[each.scheme].floors, strict=False))
            above = each.look["score"] - floors[each.colour]
            expected.append((each.scheme, each.key, "points", colour_twins.labels(facts), above, None))
        if limits := twin.limits(each, on(scope)):
            named = "、".join(number for _, number in limits)
            expected.append((each.scheme, each.key, "limit", named, None, limits[0][0]))
    found = three_colour.near_edge(coloured.street, scope)
    told = rows(found, "scheme", "enterprise_key", "edge_kind", "edge_what", "points_above_floor", "edge_on")
    assert sorted(told, key=str) == sorted(expected, key=str)


@everywhere
@either
def test_dimensions_drag_by_what_fired(coloured: Coloured, scope: Scope, scheme: str) -> None:
    twin = coloured.twin
    titles = {each.id: each.title for each in twin.rules[scheme].dimensions}
    of_item = {item.id: titles[item.dimension] for item in twin.rules[scheme].deductions}
    decided = {"veto": "一票否决", "cap": "封顶", "escalation": "拖延升级"}
    rated = [
        each
        for each in standing(coloured, scope, scheme)
        if each.look and each.colour != "unrated" and each.look["candidate"] != "unrated"
    ]
    fired: dict[tuple[str, str, str], list[tuple[Status, colour_twins.Item]]] = defaultdict(list)
    for each in rated:
        for item in twin.items(each):
            title = of_item.get(item.item, decided.get(item.kind, ""))
            fired[title, item.kind, colour_twins.labels([item.fact])].append((each, item))
    expected = {
        key: (
            len(found),
            len(rated),
            sum(each.colour != "green" for each, _ in found),
            sum(item.count for _, item in found),
            sum(item.lost for _, item in found),
        )
        for key, found in fired.items()
    }
    answer = three_colour.drag(coloured.street, scope, scheme=scheme)
    told = rows(
        answer, "dimension_title", "item_kind", "fact_label", "failing_count", "rated_count",
        "not_green_count", "fact_count", "lost_points",
    )  # fmt: skip
    assert {row[:3]: row[3:] for row in told} == expected
    assert len(told) == len(expected)
    for row in answer.to_dict("records"):
        assert row["failing_rate"] == row["failing_count"] / len(rated)
        assert row["mean_lost_points"] == row["lost_points"] / len(rated)


@everywhere
def test_conflicts_are_between_schemes_or_with_the_inherent_risk(coloured: Coloured, scope: Scope) -> None:
    here = standing(coloured, scope)
    expected: list[tuple[Any, ...]] = []
    greens = [each for each in here if each.colour == "green"]
    for green in greens:
        for red in here:
            is_same = green.key == red.key or green.firm["uscc"] == red.firm["uscc"]
            if red.colour == "red" and red.scheme != green.scheme and is_same:
                expected.append(
                    ("schemes", green.key, green.scheme, red.scheme, coloured.twin.reason(red), red.since)
                )
        if green.firm["inherent_risk"] == "red":
            expected.append(("risk", green.key, green.scheme, None, coloured.twin.reason(green), green.since))
    found = three_colour.conflicts(coloured.street, scope)
    told = rows(
        found, "conflict_kind", "enterprise_key", "green_scheme", "red_scheme", "reason", "colour_since_on"
    )
    assert sorted(told, key=str) == sorted(expected, key=str)


@everywhere
def test_what_a_meeting_decided_otherwise_stands_beside(coloured: Coloured, scope: Scope) -> None:
    expected = {
        (each.scheme, each.key): (
            each.colour, each.rated["colour"], each.rated["rated_on"], each.rated["reason"],
            each.look["score"], coloured.twin.reason(each), each.rated["source_row"],
        )
        for each in standing(coloured, scope)
        if each.look and each.rated and each.rated["colour"] != each.colour
    }  # fmt: skip
    found = three_colour.rated_differently(coloured.street, scope)
    names = ("colour", "rated_colour", "rated_colour_on", "rated_reason", "score", "reason", "source_row")
    told = rows(found, "scheme", "enterprise_key", *names)
    assert {row[:2]: row[2:] for row in told} == expected


@everywhere
def test_overrides_in_force_are_listed_with_what_the_rule_says(coloured: Coloured, scope: Scope) -> None:
    day = on(scope)
    by_subject = {(each.scheme, each.key): each for each in standing(coloured, scope)}
    expected = [
        (
            row["scheme"], row["enterprise_key"], row["colour"],
            status.look and status.look["assigned"], row["from_on"], row["until_on"],
            (row["until_on"] - day).days, row["reason"], row["source_row"],
        )
        for row in coloured.twin.table("select * from rating_override")
        if row["from_on"] <= day <= row["until_on"]
        if (status := by_subject.get((row["scheme"], row["enterprise_key"])))
    ]  # fmt: skip
    found = three_colour.overrides(coloured.street, scope)
    names = ("colour", "colour_by_rule", "override_from_on", "override_until_on", "override_left_days",
             "override_reason", "source_row")  # fmt: skip
    assert sorted(rows(found, "scheme", "enterprise_key", *names)) == sorted(expected)
    for scheme, key, colour, *_ in expected:
        status = by_subject[scheme, key]
        assert status.look is None or status.colour == colour


def test_the_street_has_something_of_everything(coloured: Coloured) -> None:
    """A twin that agrees on nothing at all would prove nothing."""
    street, scope = coloured.street, SCOPES[0]
    worn = Counter((each.scheme, each.colour) for each in standing(coloured, scope))
    assert all(worn[scheme, colour] for scheme in SCHEMES for colour in BADNESS)
    assert any(each.is_stale for each in standing(coloured, scope))
    assert {each.basis for each in standing(coloured, scope)} >= {"rule", "override"}
    assert any(each.is_held for each in standing(coloured, scope))
    edges = three_colour.near_edge(street, scope)
    assert set(edges["edge_kind"]) == {"points", "limit"}
    assert len(three_colour.colour_changes(street, SCOPES[1]))
    assert set(three_colour.conflicts(street, scope)["conflict_kind"]) == {"schemes", "risk"}
    assert len(three_colour.rated_differently(street, scope))
    week = timedelta(days=7)
    assert on(scope) - on(scope.before()) == week
