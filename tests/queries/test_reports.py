"""What the public says: literal expectations on a few rows, plain-Python twins on invented streets."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.warehouse import Snapshot
from queries import Scope, reports
from tests.builders import street_of
from tests.queries import report_twins as twins
from tests.queries.streets import AS_AT
from tests.queries.test_hazards import period_of

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 22, 18))
PERIODS = [
    (date(2026, 11, 16), date(2026, 11, 23), AS_AT),
    (date(2026, 10, 12), date(2026, 11, 23), AS_AT),
    (date(2026, 11, 9), date(2026, 11, 16), datetime(2026, 11, 12, 7, 30)),
]

# Five of this week and one of the week before, which one of the five repeats.
FEW: list[dict[str, Any]] = [
    {
        "report_no": "SB-1",
        "reported_at": "2026-11-09 08:00",
        "is_valid": True,
        "dispatched_at": "2026-11-09 10:00",
        "handled_at": "2026-11-16 10:00",
        "feedback_at": "2026-11-16 12:00",
        "satisfaction": "满意",
        "kind": "消防安全",
    },
    {
        "report_no": "SB-2",
        "reported_at": "2026-11-16 08:00",
        "is_valid": True,
        "dispatched_at": "2026-11-16 20:00",
        "handled_at": "2026-11-18 20:00",
        "feedback_at": "2026-11-18 21:00",
        "satisfaction": "拒答",
        "kind": "消防安全",
    },
    {
        "report_no": "SB-3",
        "reported_at": "2026-11-17 08:00",
        "is_valid": True,
        "dispatched_at": "2026-11-18 08:00",
        "handled_at": "2026-11-20 08:00",
        "kind": "通道堵塞",
    },
    {
        "report_no": "SB-4",
        "reported_at": "2026-11-18 08:00",
        "is_valid": False,
        "feedback_at": "2026-11-18 09:00",
    },
    {
        "report_no": "SB-5",
        "reported_at": "2026-11-19 08:00",
        "is_valid": False,
        "duplicate_of": "SB-3",
        "feedback_at": "2026-11-19 09:00",
        "satisfaction": "基本满意",
    },
    {"report_no": "SB-6", "reported_at": "2026-11-22 08:00", "is_valid": None},
]


def answer(street: Snapshot, question: Any, scope: Scope = WEEK, **values: Any) -> list[dict[str, Any]]:
    """The rows of an answer; what is unknown is None."""
    frame: pd.DataFrame = question(street, scope, **values)
    return [
        {str(name): None if pd.isna(cell) else cell for name, cell in row.items()}
        for row in frame.to_dict("records")
    ]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    suggestions: list[dict[str, Any]] = [
        {"replied_at": "2026-11-17 09:00", "submitted_at": "2026-11-02 09:00", "result_class": "A"},
        {"replied_at": "2026-11-18 09:00", "result_class": "B", "is_adopted": False, "satisfaction": "满意"},
        {"submitted_at": "2026-11-18 09:00"},
    ]
    return street_of(tmp_path_factory.mktemp("few"), public_report=FEW, suggestion=suggestions)


def test_the_figures_of_a_week(few: Snapshot) -> None:
    told = {
        row["figure"]: (row["value"], row["numerator"], row["denominator"])
        for row in answer(few, reports.figures)
    }
    assert told == {
        "report_count": (5, 4, 5),
        "valid_report_rate": (0.5, 2, 4),
        "duplicate_report_rate": (0.2, 1, 5),
        # SB-6 waits for 10 hours and is lost from sight; of the other two one is done at 12
        "dispatch_hours": (12, 2, 3),
        "handling_days": (2, 2, 2),
        "feedback_rate": (2 / 3, 2, 3),
        # 满意 of a report and of a suggestion, 基本满意 of a repetition
        "satisfaction_rate": (2 / 3, 2, 3),
        # of six that were answered one refused, one was not asked and one suggestion has no note
        "effective_call_back_rate": (0.5, 3, 6),
        "adoption_rate": (0.5, 1, 2),
    }


def test_what_is_compared_begins_with_the_ledger(few: Snapshot) -> None:
    before = {row["figure"]: row["value_before"] for row in answer(few, reports.figures)}
    assert before["report_count"] == 1
    assert before["adoption_rate"] is None, "no suggestion was decided in the week before"
    longer = Scope(date(2026, 11, 2), date(2026, 11, 23), as_at=WEEK.as_at)
    assert {row["value_before"] for row in answer(few, reports.figures, longer)} == {None}


def test_a_channel_that_never_spoke_is_unknown_and_a_silent_one_has_said_nothing(few: Snapshot) -> None:
    rows = {row["report_channel"]: row for row in answer(few, reports.by_channel)}
    assert rows["snap"]["report_count"] == 5
    assert rows["rider"]["report_count"] is None
    assert rows["rider"]["valid_report_rate"] is None
    quiet = Scope(date(2026, 9, 7), date(2026, 9, 14), as_at=WEEK.as_at)
    assert answer(few, reports.by_channel, quiet)[0]["report_count"] == 0


def test_the_clocks_count_who_still_waits(few: Snapshot) -> None:
    rows = {row["clock"]: row for row in answer(few, reports.clocks)}
    assert [(row["begun_count"], row["ended_count"], row["waiting_count"]) for row in rows.values()] == [
        (3, 2, 1),
        (2, 2, 0),
        (3, 2, 1),
        (3, 1, 2),
    ]
    assert rows["dispatch"]["ninth_decile_days"] == 1
    assert rows["feedback"]["half_days"] == pytest.approx(2 / 24)
    assert rows["feedback"]["ninth_decile_days"] is None, "one still waits for its answer"
    assert [row["half_days"] for row in answer(few, reports.clocks, kind="通道堵塞")][:2] == [1, 2]


def test_the_curves_fall_to_the_share_that_still_waits(few: Snapshot) -> None:
    rows = answer(few, reports.clock_curves, days=2)
    dispatch = [row["share_waiting"] for row in rows if row["clock"] == "dispatch"]
    assert dispatch == pytest.approx([1, 1, 0.5, 0.5, 0])
    assert [row["waited_days"] for row in rows if row["clock"] == "dispatch"] == [0, 0.25, 0.5, 0.75, 1]


def test_the_hotline_is_told_by_the_hazards_until_the_reports_tell_it(tmp_path: Path) -> None:
    calls: list[dict[str, Any]] = [
        {"source": "hotline", "reported_at": "2026-11-17 09:00", "filed_at": "2026-11-17 09:30"},
        {"source": "hotline", "reported_at": "2026-11-17 10:00", "voided_at": "2026-11-18 10:00"},
        {"source": "patrol", "reported_at": "2026-11-17 11:00"},
    ]
    street = street_of(tmp_path / "a", hazard=calls, public_report=FEW)
    [hotline] = [row for row in answer(street, reports.by_channel) if row["report_channel"] == "hotline"]
    assert (hotline["report_count"], hotline["valid_report_count"]) == (2, 1)
    assert (hotline["to_answer_count"], hotline["duplicate_report_count"]) == (None, None)
    own = [*FEW, {"report_no": "SB-7", "reported_at": "2026-11-20 09:00", "channel": "12345市民热线"}]
    street = street_of(tmp_path / "b", hazard=calls, public_report=own)
    [hotline] = [row for row in answer(street, reports.by_channel) if row["report_channel"] == "hotline"]
    assert hotline["report_count"] == 1


def test_a_report_marked_repeated_counts_as_such_without_its_first(tmp_path: Path) -> None:
    rows = [{"status": "重复上报"}, {"status": "非重复"}, {"duplicate_of": "SB-9", "report_no": "SB-9"}]
    street = street_of(tmp_path, public_report=rows)
    assert answer(street, reports.by_channel)[0]["duplicate_report_count"] == 1


def test_a_repeat_of_a_repeat_belongs_to_the_first(tmp_path: Path) -> None:
    rows = [
        {"report_no": "A"},
        {"report_no": "B", "duplicate_of": "A"},
        {"report_no": "C", "duplicate_of": "B"},
        {"report_no": "D", "duplicate_of": "C"},
    ]
    street = street_of(tmp_path, public_report=rows)
    told = street.cursor().execute(
        "select report_no, first_key from report_at(timestamp '2026-11-22', null) order by all"
    )
    assert told.fetchall() == [(each, "A") for each in "ABCD"]


def test_few_riders_are_not_counted_out(tmp_path: Path) -> None:
    def riders(old: int, new: int) -> Snapshot:
        rows = [
            {"source": "rider", "reporter_key": f"r{n}", "reported_at": "2026-09-01"}
            for n in range(old + new)
        ]
        rows += [
            {"source": "rider", "reporter_key": f"r{n}", "reported_at": "2026-11-17"} for n in range(new)
        ]
        return street_of(tmp_path / f"{old}-{new}", public_report=rows)

    def told(street: Snapshot) -> tuple[Any, ...]:
        [row] = answer(street, reports.riders)
        return row["active_rider_count"], row["known_rider_count"], row["active_rider_rate"]

    assert told(riders(5, 15)) == (15, 20, 0.75)
    assert told(riders(0, 20)) == (20, 20, 1)
    assert told(riders(4, 16)) == (None, 20, None), "four who stopped would be told by subtraction"
    assert told(riders(16, 4)) == (None, 20, None)
    assert told(riders(2, 2)) == (None, None, None)


def test_suggestions_are_adopted_of_decided(few: Snapshot) -> None:
    [row] = answer(few, reports.suggestions)
    assert (row["suggestion_count"], row["decided_suggestion_count"], row["adopted_count"]) == (2, 2, 1)
    assert (row["class_a_count"], row["class_b_count"], row["adoption_rate"]) == (1, 1, 0.5)
    assert row["half_days"] == 2


def test_the_rows_behind_a_count_are_as_many(few: Snapshot) -> None:
    scope = WEEK
    for count, expected in (("reported", 5), ("valid", 2), ("judged", 4), ("duplicate", 1), ("to_answer", 3)):
        assert len(reports.report_rows(few, scope, count=count)) == expected
    assert len(reports.report_rows(few, scope, count="to_dispatch")) == 3
    assert len(reports.suggestion_rows(few, scope, count="decided")) == 2
    with pytest.raises(Exception, match="没有名为 nonsense 的件数"):
        reports.report_rows(few, scope, count="nonsense")


def test_quarrels_are_listed_where_a_ledger_names_them(tmp_path: Path) -> None:
    street = street_of(
        tmp_path, public_report=[{"kind": "邻里纠纷", "handled_at": "2026-11-17"}, {"kind": "噪音"}]
    )
    assert answer(street, reports.disputes) == [
        {
            "ledger": "public_report",
            "dispute_kind": "邻里纠纷",
            "dispute_count": 1,
            "handled_dispute_count": 1,
        }
    ]


def test_a_quarrel_is_counted_once_in_its_channel_s_own_ledger(tmp_path: Path) -> None:
    def ledgers(folder: str, report: dict[str, str]) -> dict[str, int]:
        heard = {"source": "hotline", "kind": "邻里纠纷"}
        street = street_of(tmp_path / folder, hazard=[heard], public_report=[report])
        return {row["ledger"]: row["dispute_count"] for row in answer(street, reports.disputes)}

    assert ledgers("both", {"channel": "12345热线", "kind": "邻里纠纷"}) == {"public_report": 1}
    assert ledgers("one", {"kind": "噪音"}) == {"hazard": 1}


def test_a_channel_that_never_tells_repeats_is_no_denominator(tmp_path: Path) -> None:
    snaps = [{"report_no": "A"}, {"report_no": "B", "duplicate_of": "A"}]
    street = street_of(tmp_path, public_report=snaps, hazard=[{"source": "hotline"}, {"source": "hotline"}])
    figures = {row["figure"]: row for row in answer(street, reports.figures)}
    rate = figures["duplicate_report_rate"]
    assert (figures["report_count"]["value"], rate["numerator"], rate["denominator"]) == (4, 1, 2)
    [week] = answer(street, reports.by_week)
    assert (week["report_count"], week["duplicate_report_rate"]) == (4, 0.5)


def test_an_empty_street_is_told_as_nothing(tmp_path: Path) -> None:
    street = street_of(tmp_path, grid=[{"grid_code": "WG-0101", "grid_name": "一", "community": "一号社区"}])
    assert {row["value"] for row in answer(street, reports.figures)} == {None}
    assert {row["report_count"] for row in answer(street, reports.by_channel)} == {None}
    assert {row["report_count"] for row in answer(street, reports.by_week)} == {None}
    assert [row["voice"] for row in answer(street, reports.silent_grids)] == ["unknown"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_and_clocks_agree_with_their_twins(tmp_path: Path, seed: int) -> None:
    rows, ideas = twins.invented_reports(seed), twins.invented_suggestions(seed)
    street = street_of(tmp_path, public_report=rows, suggestion=ideas)
    for since, until, as_at in PERIODS:
        scope, period = Scope(since, until, as_at=as_at), period_of(since, until, as_at)
        told = {row["report_channel"]: row for row in answer(street, reports.by_channel, scope)}
        for channel in ("snap", "rider", "hotline"):
            mine = [row for row in rows if twins.channel_of(row) == channel]
            expected: dict[str, int | None] = {**twins.counts(mine, period)}
            if channel == "rider":
                expected |= dict.fromkeys(("to_call_back_count", "called_back_count", "satisfied_count"))
            assert {name: told[channel][name] for name in expected} == expected, channel
        suggested = twins.suggestion_counts(ideas, period)
        [found] = answer(street, reports.suggestions, scope)
        assert [found[name] for name in list(suggested)[:3]] == list(suggested.values())[:3]
        assert [told["suggestion"][name] for name in list(suggested)[3:]] == list(suggested.values())[3:]
        for row in answer(street, reports.clocks, scope):
            lives = twins.lives(rows, row["clock"], period)
            assert (row["begun_count"], row["ended_count"]) == (len(lives), sum(over for _, over in lives))
            assert row["half_days"] == pytest.approx(twins.waited_until(lives, 0.5))
            assert row["ninth_decile_days"] == pytest.approx(twins.waited_until(lives, 0.1))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_weeks_kinds_and_channels_add_up(tmp_path: Path, seed: int) -> None:
    street = street_of(tmp_path, public_report=twins.invented_reports(seed))
    scope = Scope(date(2026, 10, 12), date(2026, 11, 23), as_at=AS_AT)
    total = reports.figures(street, scope).set_index("figure").loc["report_count", "value"]
    weeks = reports.by_week(street, scope)
    assert weeks["report_count"].sum() == total
    assert weeks[["snap_count", "rider_count", "hotline_count"]].sum().sum() == total
    assert reports.by_channel(street, scope)["report_count"].sum() == total
    assert reports.kinds(street, scope)["report_count"].sum() == total
    assert reports.kinds_by_week(street, scope, rows=1)["report_count"].sum() == (
        reports.kinds(street, scope).dropna(subset="report_kind")["report_count"].sum()
    )
    one = reports.by_week(street, scope, kind="消防安全")["report_count"].sum()
    assert one == reports.kinds(street, scope).set_index("report_kind").loc["消防安全", "report_count"]


def test_of_two_reports_that_name_each_other_the_earlier_is_the_first(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"report_no": "SB-1", "reported_at": "2026-11-16 09:00", "duplicate_of": "SB-2"},
        {"report_no": "SB-2", "reported_at": "2026-11-17 09:00", "duplicate_of": "SB-1"},
    ]
    [told] = [
        each
        for each in reports.figures(street_of(tmp_path, public_report=rows), WEEK).to_dict("records")
        if each["figure"] == "report_count"
    ]
    assert (told["numerator"], told["denominator"]) == (1, 2)
