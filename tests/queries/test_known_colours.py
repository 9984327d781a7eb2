"""Colours as an earlier moment knew them: what came later changes today's view of then, not then's own."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.warehouse import Snapshot, Store
from queries import Scope, rule_preview, subject_card, three_colour
from queries.catalogue import questions
from tests.builders import load, snapshot_of
from tests.queries import colour_streets
from tests.queries.test_three_colour_words import evidence, hazard

FIRST, SECOND = datetime(2026, 11, 15, 9), datetime(2026, 11, 22, 9)
SUNDAY = datetime(2026, 11, 15, 8)
WEEK = Scope(date(2026, 11, 9), date(2026, 11, 16), as_at=SUNDAY)
THEN = Scope(WEEK.since, WEEK.until, as_at=SUNDAY, known_at=FIRST)
TOPICS = ("three_colour", "subject_card", "rule_preview")


def test_a_late_hazard_row_changes_today_s_view_of_last_week_and_not_last_week_s(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, f"{FIRST}", **evidence(("F1", "F2"), ()))
    first = snapshot_of(store)
    load(store, f"{SECOND}", hazard=[hazard("H1", "F1", "2026-11-05", "2026-11-10")])
    both = snapshot_of(store)

    def told(street: Snapshot, scope: Scope) -> tuple[Any, ...]:
        subjects = three_colour.subjects(street, scope).set_index("enterprise_key")
        figures = three_colour.figures(street, scope).set_index("figure")["numerator"]
        fired = subject_card.fired_rows(street, scope, enterprise_key="F1")["hazard_no"].tolist()
        card = subject_card.card(street, scope, enterprise_key="F1").iloc[0]
        return (
            subjects.loc["F1", "colour"], subjects.loc["F1", "reason"], figures["yellow_rate"], fired,
            card["colour"], len(subject_card.strip(street, scope, enterprise_key="F1")),
        )  # fmt: skip

    then = told(first, WEEK)
    assert then[:5] == ("green", None, 0, [], "green")
    now = told(both, WEEK)
    assert now[:5] == (
        "yellow", "有超期未整改隐患，不得评绿；超期未整改一般隐患1处 −8", 1, ["H1"], "yellow",
    )  # fmt: skip
    assert told(both, THEN) == then
    # whatever was known by then is all that is lent, and the next question sees everything again
    assert told(both, Scope(WEEK.since, WEEK.until, as_at=SUNDAY, known_at=SECOND)) == now
    assert told(both, WEEK) == now


def test_a_late_rating_changes_today_s_view_of_last_week_and_not_last_week_s(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(
        store,
        f"{FIRST}",
        enterprise=[{"record_key": "F1"}],
        rating=[{"enterprise_key": "F1", "rated_on": "2026-11-01", "colour": "green"}],
    )
    load(store, f"{SECOND}", rating=[{"enterprise_key": "F1", "rated_on": "2026-11-10", "colour": "red"}])
    street = snapshot_of(store)
    assert three_colour.red_list(street, WEEK)["red_days"].tolist() == [5]
    assert three_colour.red_list(street, THEN).empty
    assert three_colour.colour_counts(street, THEN)["green_count"].tolist() == [1]
    assert three_colour.rules_in_force(street, THEN)["colour_basis"].tolist() == ["rating", "rating"]


def test_a_scheme_that_could_not_be_worked_out_then_was_rated_by_the_meetings(tmp_path: Path) -> None:
    """The letters came a week later: the first week knew nothing of one dimension."""
    told = evidence(("F1",), ())
    letters = told.pop("responsibility_letter")
    told["rating"] = [{"enterprise_key": "F1", "rated_on": "2026-11-01", "colour": "red", "reason": "会议"}]
    store = Store(tmp_path)
    load(store, f"{FIRST}", **told)
    load(store, f"{SECOND}", responsibility_letter=letters)
    street = snapshot_of(store)
    [now], [then] = (three_colour.subjects(street, scope).to_dict("records") for scope in (WEEK, THEN))
    assert (now["colour"], then["colour"], then["reason"]) == ("green", "red", "会议")
    bases = {
        scope: three_colour.rules_in_force(street, scope)["colour_basis"].iloc[0] for scope in (WEEK, THEN)
    }
    assert bases == {WEEK: "rule", THEN: "rating"}


@pytest.fixture(scope="module", params=[1, 2])
def loads(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Snapshot, Snapshot]:
    """A street as it stood after a first load, and after a second of late rows and corrections."""
    dice = random.Random(request.param)
    told = colour_streets.tables(request.param)
    early: dict[str, Any] = {}
    late: dict[str, Any] = {}
    for ledger, rows in told.items():
        kept = [row for row in rows if ledger == "enterprise" or dice.random() < 0.8]
        early[ledger] = kept
        late[ledger] = [row for row in rows if row not in kept]
    late["enterprise"] = [
        early["enterprise"][number] | {"state": state, "updated_at": datetime(2026, 11, day, 9)}
        for number, state, day in ((3, "停业", 12), (35, "空铺", 3), (40, "营业", 14))
    ]
    for row in dice.sample(early["hazard"], 20):
        late["hazard"].append(
            row | {"closed_at": datetime(2026, 11, dice.randrange(1, 15), 9), "level": "general"}
        )
    store = Store(tmp_path_factory.mktemp("loads"))
    load(store, f"{FIRST}", **early)
    first = snapshot_of(store)
    load(store, f"{SECOND}", **late)
    return first, snapshot_of(store)


def asked() -> Iterator[tuple[str, Callable[..., pd.DataFrame], dict[str, Any]]]:
    """Every question of colours, those of one subject for a few."""
    for question in questions():
        topic = question.name.partition(".")[0]
        if topic == "subject_card":
            for key in ("QY-00", "QY-03", "QY-07", "SH-05", "SH-10"):
                yield f"{question.name} {key}", question.ask, {"enterprise_key": key}
        elif topic in TOPICS:
            for scheme in ("enterprise", "shop"):
                values = {"scheme": scheme} if "scheme" in question.own_values else {}
                yield f"{question.name} {scheme}", question.ask, values


ASKED = {name: (ask, values) for name, ask, values in asked()}


@pytest.mark.parametrize("as_at", [SUNDAY, datetime(2026, 9, 20, 18)], ids=["sunday", "september"])
@pytest.mark.parametrize("name", ASKED)
def test_a_question_known_at_then_is_the_one_asked_then(
    loads: tuple[Snapshot, Snapshot], name: str, as_at: datetime
) -> None:
    first, both = loads
    ask, values = ASKED[name]
    since = date(as_at.year, as_at.month, as_at.day - 6)
    then = ask(first, Scope(since, as_at.date(), as_at=as_at), **values)
    known = ask(both, Scope(since, as_at.date(), as_at=as_at, known_at=FIRST), **values)
    pd.testing.assert_frame_equal(known, then)


def test_what_came_later_does_change_today_s_view(loads: tuple[Snapshot, Snapshot]) -> None:
    first, both = loads
    scopes = WEEK, THEN
    for question in (three_colour.colour_counts, three_colour.subjects, rule_preview.flips):
        now, then = (question(both, scope) for scope in scopes)
        assert not now.equals(then)
        assert question(first, WEEK).equals(then)
