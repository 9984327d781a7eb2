"""The six figures: each is what its own question says, now and one period ago; and what moved adds up."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queries import Scope, hazards, overview, patrols, three_colour
from tests.builders import street_of
from tests.queries import case_twins as twins
from tests.queries.conftest import Invented
from tests.queries.streets import AS_AT

SCOPES = [
    Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT),
    Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 18, 12)),
    Scope(date(2026, 11, 20), date(2026, 11, 21), as_at=AS_AT, communities=("一号社区",)),
    Scope(date(2026, 11, 8), date(2026, 11, 18), as_at=datetime(2026, 11, 18), grids=("WG-0101",)),
]


def told(invented: Invented, scope: Scope) -> dict[str, dict[str, Any]]:
    found = overview.figures(invented.street, scope).to_dict("records")
    return {row["figure"]: {str(name): value for name, value in row.items()} for row in found}


@pytest.mark.parametrize("scope", SCOPES)
def test_every_figure_is_what_its_own_question_says(invented: Invented, scope: Scope) -> None:
    figures = told(invented, scope)
    for suffix, asked in (("", scope), ("_before", scope.before())):
        cases = hazards.case_measures(invented.street, asked).iloc[0]
        visits = patrols.coverage(invented.street, asked).iloc[0]
        colours = three_colour.colour_counts(invented.street, asked).set_index("scheme")["red_count"]
        rated = three_colour.colour_counts(invented.street, asked).set_index("scheme")["rated_count"]
        parts = {
            "overdue_stock": (cases["overdue_stock"], cases["open_stock"]),
            "on_time_handling_rate": (cases["handled_on_time"], cases["need_to_handle"]),
            "net_closing": (cases["closed"], cases["entered"]),
            "patrol_coverage_rate": (visits["covered_grids"], visits["grid_count"]),
            "red_enterprises": (colours.get("enterprise", 0), rated.get("enterprise", 0)),
            "red_shops": (colours.get("shop", 0), rated.get("shop", 0)),
        }
        for figure, expected in parts.items():
            found = figures[figure]
            assert (found[f"numerator{suffix}"], found[f"denominator{suffix}"]) == expected, figure + suffix
        rate, coverage = cases["on_time_handling_rate"], visits["patrol_coverage_rate"]
        assert figures["on_time_handling_rate"][f"value{suffix}"] == pytest.approx(rate, nan_ok=True)
        assert figures["patrol_coverage_rate"][f"value{suffix}"] == pytest.approx(coverage)
        assert figures["net_closing"][f"value{suffix}"] == cases["closed"] - cases["entered"]
        assert figures["overdue_stock"][f"value{suffix}"] == cases["overdue_stock"]


def test_the_cards_come_in_their_order(invented: Invented) -> None:
    figures = overview.figures(invented.street, SCOPES[0])
    assert list(zip(figures["card"], figures["figure"], strict=True)) == [
        (1, "overdue_stock"),
        (2, "on_time_handling_rate"),
        (3, "net_closing"),
        (4, "patrol_coverage_rate"),
        (5, "red_enterprises"),
        (5, "red_shops"),
        (6, "rejected_row_rate"),
    ]


def test_a_day_s_stock_is_the_stock_as_at_its_end(invented: Invented) -> None:
    curves = overview.figures_by_day(invented.street, SCOPES[0], days=14)
    stock = curves[curves["figure"] == "overdue_stock"]
    assert len(stock) == 14
    moments = [min(day + timedelta(days=1, seconds=-1), AS_AT) for day in stock["day_on"].dt.to_pydatetime()]
    for moment, value, denominator in zip(moments, stock["value"], stock["denominator"], strict=True):
        # as known now: what was made void since was never rightly in the stock, but was in it then
        cases = [
            case for case in twins.seen(invented.cases, AS_AT) if case.entered and case.entered <= moment
        ]
        here = [case for case in cases if case.left is None or case.left[0] > moment]
        late = [
            case
            for case in here
            if case.due and case.due < moment and not case.is_suspended and not case.is_handled_on_time
        ]
        assert (value, denominator) == (len(late), len(here))


def test_the_curves_end_where_the_cards_stand(invented: Invented) -> None:
    figures, curves = told(invented, SCOPES[0]), overview.figures_by_day(invented.street, SCOPES[0])
    last = curves.groupby("figure").last()
    for figure in (
        "overdue_stock",
        "on_time_handling_rate",
        "patrol_coverage_rate",
        "red_enterprises",
        "red_shops",
    ):
        assert last.loc[figure, "value"] == pytest.approx(figures[figure]["value"], nan_ok=True), figure


def test_daily_closing_adds_up_to_the_week(invented: Invented) -> None:
    curves = overview.figures_by_day(invented.street, SCOPES[0], days=7)
    daily = curves[curves["figure"] == "net_closing"]["value"]
    assert daily.sum() == told(invented, SCOPES[0])["net_closing"]["value"]


@pytest.mark.parametrize("scope", SCOPES[:2])
def test_what_the_grids_contributed_adds_up_to_what_the_street_moved(
    invented: Invented, scope: Scope
) -> None:
    moved = overview.what_moved(invented.street, scope, rows=100)
    sums = (
        moved.groupby("figure")[["contribution"]]
        .sum()
        .join(moved.groupby("figure")[["street_change"]].first())
    )
    assert sums["contribution"].tolist() == pytest.approx(sums["street_change"].tolist())
    figures = told(invented, scope)
    for figure in {"overdue_stock", "on_time_handling_rate"} & set(sums.index):
        assert sums.loc[figure, "street_change"] == pytest.approx(figures[figure]["change"])


def test_no_grid_is_named_under_thirty_due_cases(tmp_path: Path) -> None:
    def due(grid: str, on_time: bool, count: int, day: int = 18) -> list[dict[str, Any]]:
        moments = {"reported_at": "2026-11-02 09:00", "filed_at": "2026-11-02 09:00"}
        handled = f"2026-11-{day - 1 if on_time else day + 1} 09:00"
        return [
            {"grid_code": grid, "due_at": f"2026-11-{day} 09:00", "handled_at": handled, **moments}
        ] * count

    rows = [*due("WG-0101", False, 29), *due("WG-0102", False, 25), *due("WG-0102", True, 15)]
    rows += [*due("WG-0103", True, 200), *due("WG-0103", True, 1, day=11), *due("WG-0103", False, 1, day=11)]
    moved = overview.what_moved(street_of(tmp_path, hazard=rows), SCOPES[0])
    rates = moved[moved["figure"] == "on_time_handling_rate"].set_index("grid_code")
    assert rates.loc["WG-0101", "certainty"] == "too_few", "none of 29 was on time, but 29 is not thirty"
    assert rates.loc["WG-0102", "certainty"] == "named"
    assert rates.loc["WG-0103", "certainty"] == "usual"


def test_in_the_travel_season_the_last_card_is_who_is_away(tmp_path: Path) -> None:
    flow = [
        {"moved_on": "2026-02-10", "direction": "leave", "person_count": 40},
        {"moved_on": "2026-02-20", "direction": "return", "person_count": 12},
        {"moved_on": "2025-12-01", "direction": "leave", "person_count": 900},
    ]
    street = street_of(tmp_path, population_flow=flow, at="2026-02-22 10:00")
    scope = Scope(date(2026, 2, 16), date(2026, 2, 23), as_at=datetime(2026, 2, 22, 18))
    away = overview.figures(street, scope).set_index("figure").loc["away_count"]
    assert (away["card"], away["value"], away["numerator"], away["denominator"]) == (6, 28, 12, 40)
    assert away["value_before"] == 40
    assert away["denominator_before"] != away["denominator_before"], "nobody was back yet: 0 of 40 would tell"
    assert "rejected_row_rate" not in set(overview.figures(street, scope)["figure"])


def test_fewer_than_five_people_away_are_not_shown(tmp_path: Path) -> None:
    flow = [{"moved_on": "2026-02-10", "direction": "leave", "person_count": 4}]
    street = street_of(tmp_path, population_flow=flow, at="2026-02-22 10:00")
    scope = Scope(date(2026, 2, 16), date(2026, 2, 23), as_at=datetime(2026, 2, 22, 18))
    away = overview.figures(street, scope).set_index("figure").loc["away_count"]
    assert away[["value", "numerator", "denominator", "value_before"]].isna().all()
    curve = overview.figures_by_day(street, scope)
    assert curve[curve["figure"] == "away_count"]["value"].isna().all()


def test_rows_turned_away_are_a_share_of_the_rows_read(tmp_path: Path) -> None:
    street = street_of(tmp_path, grid=[{}], patrol_log=[{}, {}], rejected=[{}])
    found = overview.figures(street, SCOPES[0]).set_index("figure").loc["rejected_row_rate"]
    assert (found["value"], found["numerator"], found["denominator"]) == (0.25, 1, 4)


def test_a_ledger_younger_than_the_period_before_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    rows = [{"reported_at": "2026-11-12 09:00"}]
    street = street_of(tmp_path, hazard=rows)
    found = overview.figures(street, SCOPES[0]).set_index("figure")
    assert found.loc[["net_closing"], ["value", "numerator_before"]].values.tolist() == [[0, 0]]
    assert found.loc[["net_closing", "overdue_stock"], ["value_before", "change"]].isna().all(axis=None)
