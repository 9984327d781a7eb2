"""Drafts: a rule written out with other weights, floors and periods, its comments left where they are."""

from dataclasses import replace
from datetime import date

import pytest

from data.rule_draft import Changes, drafted
from data.rule_shelf import shipped
from data.rules import SCHEMES, rule

DAY = date(2027, 1, 1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_draft_without_changes_is_the_rule_but_for_version_and_day(scheme: str) -> None:
    own = shipped(scheme)
    text = drafted(own, Changes(), "二版", DAY)
    assert rule(text, "草案") == replace(own, version="二版", effective_from=DAY, text=text)
    before, after = own.text.splitlines(), text.splitlines()
    assert [line for line, old in zip(after, before, strict=True) if line != old] == [
        'version = "二版"',
        "effective_from = 2027-01-01",
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_draft_of_what_stands_already_changes_no_line_of_it(scheme: str) -> None:
    own = shipped(scheme)
    same = Changes(
        points={each.id: each.points for each in own.dimensions},
        pers={each.id: each.per for each in own.deductions},
        caps={each.id: each.cap for each in own.deductions},
        floors=dict(zip(("green", "yellow", "red"), own.floors, strict=True)),
        dwell_days={"yellow": own.hysteresis.dwell_days[1], "red": own.hysteresis.dwell_days[2]},
        margin=own.hysteresis.margin,
        passes=own.hysteresis.passes,
        probation_days=own.hysteresis.probation_days,
        intervals=own.intervals,
    )
    assert drafted(own, same, "二版", DAY) == drafted(own, Changes(), "二版", DAY)


def test_every_change_arrives_and_nothing_else_does() -> None:
    own = shipped("enterprise")
    changes = Changes(
        points={"hazard_rectification": 30, "ideology": 20},
        pers={"H1": 10, "I1": 4},
        caps={"H1": 30, "I1": 12},
        floors={"green": 80, "yellow": 55},
        dwell_days={"red": 21, "yellow": 10},
        margin=5,
        passes=3,
        probation_days=90,
        intervals={"red": 3, "unrated": 14},
    )
    text = drafted(own, changes, "二版", DAY)
    made = rule(text, "草案")
    assert {each.id: each.points for each in made.dimensions} == {
        "hazard_rectification": 30,
        "responsibility": 30,
        "danger_source": 20,
        "ideology": 20,
    }
    items = {each.id: (each.per, each.cap) for each in made.deductions}
    assert (items["H1"], items["I1"], items["H2"]) == ((10, 30), (4, 12), (2, 8))
    assert made.floors == (80, 55, 0)
    back = made.hysteresis
    assert (back.margin, back.passes, back.probation_days, back.dwell_days) == (5, 3, 90, (0, 10, 21))
    assert made.intervals == {"green": 90, "yellow": 30, "red": 3, "unrated": 14}
    assert (made.vetoes, made.triggers, made.unrated_states) == (own.vetoes, own.triggers, own.unrated_states)
    assert sum(new != old for new, old in zip(text.splitlines(), own.text.splitlines(), strict=True)) == 16
    comments = [line for line in own.text.splitlines() if line.startswith("#")]
    assert [line for line in text.splitlines() if line.startswith("#")] == comments


def test_nobody_has_approved_a_draft() -> None:
    text = shipped("shop").text.replace('approved_by = ""', 'approved_by = "街办〔2026〕12号" # 党工委会议')
    approved = rule(text, "批准")
    assert not approved.is_trial
    made = drafted(approved, Changes(), "二版", DAY)
    assert rule(made, "草案").is_trial
    assert "# 党工委会议" in made
