"""Colours, changes and days in red against plain Python."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from queries import Scope, three_colour
from tests.builders import street_of
from tests.queries.conftest import Invented
from tests.queries.streets import AS_AT, Row

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
LAST_WEEK = date(2026, 11, 15)
COLOURS = ("green", "yellow", "red", "unrated")


def history(invented: Invented, firm: Row, day: date) -> list[Row]:
    own = [row for row in invented.ratings if row["enterprise_key"] == firm["record_key"]]
    return sorted((row for row in own if row["rated_on"] <= day), key=lambda row: row["rated_on"])


def colour(invented: Invented, firm: Row, day: date) -> str:
    past = history(invented, firm, day)
    return str(past[-1]["colour"]) if past else "unrated"


def in_business(invented: Invented, kind: str) -> list[Row]:
    return [firm for firm in invented.firms if firm["subject_kind"] == kind and firm["state"] != "已注销"]


@pytest.mark.parametrize("scheme", ["enterprise", "shop"])
def test_colour_counts_agree_with_their_twin(invented: Invented, scheme: str) -> None:
    found = three_colour.colour_counts(invented.street, WEEK).set_index("scheme").loc[scheme]
    worn = [colour(invented, firm, AS_AT.date()) for firm in in_business(invented, scheme)]
    before = [colour(invented, firm, LAST_WEEK) for firm in in_business(invented, scheme)]
    assert {each: found[f"{each}_count"] for each in COLOURS} == {each: worn.count(each) for each in COLOURS}
    assert found["red_count_before"] == before.count("red")
    rated = len(worn) - worn.count("unrated")
    assert found["red_rate"] == pytest.approx(worn.count("red") / rated)
    assert found["rated_rate"] == pytest.approx(rated / len(worn))


def test_days_in_red_count_the_present_run_only(invented: Invented) -> None:
    expected = {}
    for firm in [*in_business(invented, "enterprise"), *in_business(invented, "shop")]:
        past = history(invented, firm, AS_AT.date())
        if past and past[-1]["colour"] == "red":
            run = past
            while any(row["colour"] != "red" for row in run):
                run = run[1:]
            expected[firm["record_key"]] = (AS_AT.date() - run[0]["rated_on"]).days
    red = three_colour.red_list(invented.street, WEEK)
    assert dict(zip(red["enterprise_key"], red["red_days"], strict=True)) == expected
    assert expected


def test_whoever_changed_colour_since_last_week_is_named(invented: Invented) -> None:
    expected = {}
    for firm in [*in_business(invented, "enterprise"), *in_business(invented, "shop")]:
        then, now = colour(invented, firm, LAST_WEEK), colour(invented, firm, AS_AT.date())
        if then != now:
            worse = COLOURS.index(now) > COLOURS.index(then)
            change = "newly_rated" if then == "unrated" else "downgrade" if worse else "upgrade"
            expected[firm["record_key"]] = (then, now, change)
    found = three_colour.colour_changes(invented.street, WEEK)
    told = zip(found["colour_then"], found["colour"], found["colour_change"], strict=True)
    assert dict(zip(found["enterprise_key"], told, strict=True)) == expected


def test_the_two_schemes_never_merge(tmp_path: Path) -> None:
    firms = [{"record_key": "F1", "subject_kind": "enterprise"}, {"record_key": "F2", "subject_kind": "shop"}]
    rated = [
        {"enterprise_key": "F1", "scheme": "enterprise", "colour": "green"},
        {"enterprise_key": "F1", "scheme": "shop", "colour": "red"},
    ]
    counts = three_colour.colour_counts(street_of(tmp_path, enterprise=firms, rating=rated), WEEK)
    assert counts[["scheme", "green_count", "red_count", "unrated_count"]].values.tolist() == [
        ["enterprise", 1, 0, 0],
        ["shop", 0, 1, 1],
    ]


def test_a_rating_of_tomorrow_is_not_worn_today(tmp_path: Path) -> None:
    rated = [{"enterprise_key": "F1", "rated_on": AS_AT.date() + timedelta(days=1), "colour": "red"}]
    street = street_of(tmp_path, enterprise=[{"record_key": "F1"}], rating=rated, at="2026-11-24 09:00")
    assert three_colour.red_list(street, WEEK).empty
    assert three_colour.colour_counts(street, WEEK)["unrated_count"].tolist() == [1]


def test_red_again_on_the_day_of_another_colour_is_red_since_that_day(tmp_path: Path) -> None:
    rated = [
        {"enterprise_key": "F1", "rated_on": "2026-11-10", "colour": "red"},
        {"enterprise_key": "F1", "rated_on": "2026-11-18", "colour": "green", "rating_kind": "例行"},
        {"enterprise_key": "F1", "rated_on": "2026-11-18", "colour": "red", "rating_kind": "复评",
         "updated_at": "2026-11-25 09:00"},
    ]  # fmt: skip
    street = street_of(tmp_path, enterprise=[{"record_key": "F1"}], rating=rated)
    assert three_colour.red_list(street, WEEK)["red_days"].tolist() == [4]
