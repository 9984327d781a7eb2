"""One subject's card: its colour and why, the rows behind it, and what its fixes really bring."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.warehouse import Snapshot
from queries import Scope, subject_card
from tests.builders import street_of
from tests.queries.conftest import Coloured
from tests.queries.test_three_colour_twins import SCOPES, on, plain, rows, standing
from tests.queries.test_three_colour_words import WEEK, evidence, hazard

LAST_MOMENT = "2026-11-25 09:00"
NOW = Scope(date(2026, 11, 23), date(2026, 11, 30), as_at=datetime(2026, 11, 25, 8))
H_MAJOR, H_LATE, H_OLD = "H1", "H2", "H3"


def ledgers() -> dict[str, Any]:
    """A firm with a major hazard and a late one, and a shop rated as an enterprise too."""
    told = evidence(("F1",), ("S1",))
    told["hazard"] += [
        hazard(H_MAJOR, "F1", "2026-11-10", None, level="major", kind="燃气", part="厨房"),
        hazard(H_LATE, "F1", "2026-11-10", "2026-11-12", kind="电气", part="车间"),
        hazard(H_OLD, "F1", "2026-10-01", "2026-10-08", closed_at="2026-10-05 10:00", kind="电气"),
        hazard("H4", "F1", "2026-11-01", "2026-11-20", voided_at="2026-11-05 10:00"),
        hazard("H5", "F1", "2026-11-20", "2026-11-24", closed_at="2026-11-24 10:00"),
        hazard("H6", "F1", "2026-11-24", None),
        hazard("H7", "F1", "2026-11-02", "2026-11-20", status="closed"),
    ]
    told["self_check"] = [
        {"enterprise_key": "F1", "due_on": "2026-11-15", "checked_on": "2026-11-23"},
        {"enterprise_key": "F1", "due_on": "2026-10-15", "checked_on": "2026-10-15"},
        {"enterprise_key": "F1", "due_on": "2026-12-15"},
    ]
    told["danger_source"] += [
        {
            "enterprise_key": "F1", "source_name": "储罐", "found_on": "2026-11-01",
            "registered_on": "2026-11-24",
        },
        {
            "enterprise_key": "F1", "source_name": "锅炉", "found_on": "2026-10-01",
            "registered_on": "2026-10-01", "fault_on": "2026-11-01", "fixed_on": "2026-11-24",
        },
    ]  # fmt: skip
    told["finding"].append(
        {
            "enterprise_key": "F1", "found_on": "2026-10-20", "detail": "安全管理协议", "result": "failed",
            "fault_count": 2, "note": "两家承租户", "source_sheet": "十月", "source_row": 7,
        }
    )  # fmt: skip
    told["rating"] = [
        {"enterprise_key": "S1", "scheme": "enterprise", "rated_on": "2026-11-01", "colour": "red"},
        {"enterprise_key": "F1", "rated_on": "2025-11-01", "colour": "yellow", "reason": "首次评定"},
    ]
    return told


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return street_of(tmp_path_factory.mktemp("card"), at=LAST_MOMENT, **ledgers())


def test_the_card_says_where_it_stands_and_how_far_the_way_back_has_come(street: Snapshot) -> None:
    [status] = subject_card.card(street, WEEK, enterprise_key="F1").to_dict("records")
    told = {
        "scheme": "enterprise", "name": "F1", "colour": "red", "colour_basis": "rule", "colour_days": 12,
        "score": 78, "candidate": "red", "pass_count": 0, "pass_need": 2, "dwell_days": 14, "dwelt_days": 12,
        "is_dwell_doubled": False, "is_trial": True, "rated_colour": "yellow", "is_stale": False,
        "is_visit_overdue": True,
    }  # fmt: skip
    assert {name: status[name] for name in told} == told
    # red ones are to be visited every week
    assert (status["last_seen_on"].date(), status["visit_due_on"].date()) == (
        date(2026, 11, 12),
        date(2026, 11, 19),
    )


def test_a_subject_of_both_schemes_has_a_card_for_each_the_worse_first(coloured: Coloured) -> None:
    for key in {each.key for each in standing(coloured, SCOPES[0])}:
        card = subject_card.card(coloured.street, SCOPES[0], enterprise_key=key)
        mine = {each.scheme: each for each in standing(coloured, SCOPES[0]) if each.key == key}
        assert set(card["scheme"]) == set(mine)
        assert len(card) == len(mine)
        ranks = [("red", "yellow", "green", "unrated").index(colour) for colour in card["colour"]]
        assert ranks == sorted(ranks)
        for row in card.to_dict("records"):
            status = mine[row["scheme"]]
            assert (row["colour"], plain(row["reason"])) == (status.colour, coloured.twin.reason(status))


def test_the_strip_runs_from_the_meetings_over_the_rule_to_the_moment_looked_at(street: Snapshot) -> None:
    strip = subject_card.strip(street, WEEK, enterprise_key="F1")
    told = rows(strip, "begins_on", "ends_on", "colour", "colour_basis", "occasion", "reason")
    assert told[0] == (date(2025, 11, 1), date(2026, 1, 5), "yellow", "rating", None, "首次评定")
    assert told[1] == (date(2026, 1, 5), date(2026, 2, 1), "green", "rule", "first", None)
    assert [row[:4] for row in told[-3:]] == [
        (date(2026, 11, 5), date(2026, 11, 10), "yellow", "rule"),
        (date(2026, 11, 10), date(2026, 11, 13), "red", "rule"),
        (date(2026, 11, 13), date(2026, 11, 23), "red", "rule"),
    ]
    assert strip["begins_on"].tolist()[1:] == strip["ends_on"].tolist()[:-1]


@pytest.mark.parametrize("scope", SCOPES, ids=range(len(SCOPES)))
def test_the_strip_s_last_piece_is_the_colour_worn(coloured: Coloured, scope: Scope) -> None:
    for status in standing(coloured, scope):
        strip = subject_card.strip(coloured.street, scope, enterprise_key=status.key)
        mine = strip[strip["scheme"] == status.scheme]
        if status.basis is None:
            assert mine.empty or mine["ends_on"].iloc[-1].date() <= on(scope)
        else:
            last = mine.iloc[-1]
            assert (last["colour"], last["colour_basis"]) == (status.colour, status.basis)
            assert last["ends_on"].date() == on(scope) + timedelta(days=1)
            assert (mine["begins_on"] < mine["ends_on"]).all()
            pairs = zip(mine["ends_on"].tolist()[:-1], mine["begins_on"].tolist()[1:], strict=True)
            assert all(ended <= begun for ended, begun in pairs)


def test_dimensions_leave_the_points_they_leave(street: Snapshot) -> None:
    found = subject_card.dimensions(street, WEEK, enterprise_key="F1")
    assert rows(found, "dimension_title", "full_points", "lost_points", "points_left") == [
        ("隐患整改", 40, 8, 32),
        ("主体责任落实", 30, 6, 24),
        ("危险源监控", 20, 8, 12),
        ("意识形态", 10, 0, 10),
    ]


def test_dimensions_add_up_to_the_score(coloured: Coloured) -> None:
    for status in standing(coloured, SCOPES[0]):
        found = subject_card.dimensions(coloured.street, SCOPES[0], enterprise_key=status.key)
        mine = found[found["scheme"] == status.scheme]
        assert (mine["points_left"] == mine["full_points"] - mine["lost_points"]).all()
        assert (mine["points_left"] >= 0).all()
        if status.look:
            assert mine["points_left"].sum() == status.look["score"]
        else:
            assert mine.empty


def test_every_item_that_fired_is_linked_to_its_rows_and_their_file(street: Snapshot) -> None:
    found = subject_card.fired_rows(street, WEEK, enterprise_key="F1")
    told = rows(
        found,
        "item_reason",
        "lost_points",
        "told",
        "ledger",
        "hazard_no",
        "begins_on",
        "ends_on",
        "unit_count",
    )
    assert told == [
        ("超期未整改一般隐患1处；有超期未整改隐患，不得评绿", 8,
         "H2，电气，车间，限 2026-11-12", "hazard", "H2",
         date(2026, 11, 13), None, 1),
        ("承租（承包）单位未签安全管理协议2家", 6, "安全管理协议，两家承租户", "finding", None,
         date(2026, 10, 20), None, 2),
        ("危险源未登记建档1处", 6, "储罐", "danger_source", None, date(2026, 11, 1), date(2026, 11, 24), 1),
        ("30天内监测设施故障未修复1处", 2, "锅炉", "danger_source", None,
         date(2026, 11, 1), date(2026, 11, 24), 1),
        ("存在未销号重大事故隐患1处", 0, "H1，燃气，厨房", "hazard", "H1", date(2026, 11, 10), None, 1),
    ]  # fmt: skip
    assert set(found["file_name"]) == {"台账.xlsx"}
    finding = found[found["ledger"] == "finding"].iloc[0]
    assert (finding["source_sheet"], finding["source_row"]) == ("十月", 7)


@pytest.mark.parametrize("scope", SCOPES[:2], ids=("now", "august"))
def test_the_rows_behind_an_item_are_as_many_units_as_it_counted(coloured: Coloured, scope: Scope) -> None:
    twin = coloured.twin
    spells = defaultdict(list)
    for row in twin.table("select * from fact_spell"):
        spells[row["enterprise_key"], row["fact"]].append(row)
    known = {row["hazard_no"] for row in twin.hazards}
    for status in standing(coloured, scope):
        found = subject_card.fired_rows(coloured.street, scope, enterprise_key=status.key)
        told = Counter(
            rows(found[found["scheme"] == status.scheme], "ledger", "begins_on", "unit_count", "told")
        )
        expected: Counter[tuple[Any, ...]] = Counter()
        for fact in {item.fact for item in twin.items(status)}:
            assert status.look
            there = [
                row
                for row in spells[status.key, fact]
                if row["from_on"] <= status.look["evaluated_on"] < row["until_on"]
            ]
            counted = max(item.count for item in twin.items(status) if item.fact == fact)
            assert sum(row["unit_count"] for row in there) == counted
            expected.update((row["ledger"], row["from_on"], row["unit_count"], row["told"]) for row in there)
        assert told == expected
        assert set(found["hazard_no"].dropna()) <= known


def test_hazards_stand_as_they_did_at_the_moment_looked_at(street: Snapshot) -> None:
    found = subject_card.hazards(street, WEEK, enterprise_key="F1")
    told = rows(found, "hazard_no", "is_open", "is_overdue", "limit_on", "closed_on", "is_major")
    assert told == [
        ("H2", True, True, date(2026, 11, 12), None, False),
        # closed two days later, which is not known here
        ("H5", True, False, date(2026, 11, 24), None, False),
        ("H1", True, False, None, None, True),
        # closed nobody wrote down when
        ("H7", False, False, date(2026, 11, 20), None, False),
        ("H3", False, False, date(2026, 10, 8), date(2026, 10, 5), False),
    ]
    before_it_was_void = Scope(date(2026, 11, 2), date(2026, 11, 9), as_at=datetime(2026, 11, 4, 18))
    told = rows(subject_card.hazards(street, before_it_was_void, enterprise_key="F1"), "hazard_no", "is_open")
    assert told == [("H4", True), ("H7", False), ("H3", False)]


def test_looks_are_every_day_somebody_was_there(street: Snapshot) -> None:
    found = subject_card.looks(street, WEEK, enterprise_key="F1")
    assert rows(found, "seen_on", "ledger", "told") == [
        (date(2026, 11, 12), "patrol_log", "巡查"),
        (date(2026, 10, 20), "finding", "安全管理协议，不合格，两家承租户"),
        (date(2026, 1, 5), "patrol_log", "巡查"),
    ]
    assert len(subject_card.looks(street, WEEK, enterprise_key="F1", rows=2)) == 2


def test_papers_stand_as_they_did_at_the_moment_looked_at(street: Snapshot) -> None:
    found = subject_card.papers(street, WEEK, enterprise_key="F1")
    assert rows(found[found["ledger"] == "self_check"], "begins_on", "last_on", "state") == [
        (date(2026, 11, 15), None, "未查"),
        (date(2026, 10, 15), date(2026, 10, 15), "已查"),
    ]
    sources = rows(found[found["ledger"] == "danger_source"], "told", "state")
    assert {row for row in sources if row[0] in ("储罐", "锅炉")} == {
        ("储罐", "未建档"),
        ("锅炉", "监测故障"),
    }
    found = subject_card.papers(street, NOW, enterprise_key="F1")
    assert rows(found[found["ledger"] == "self_check"], "last_on", "state")[0] == (date(2026, 11, 23), "迟查")
    sources = rows(found[found["ledger"] == "danger_source"], "told", "state")
    assert {row for row in sources if row[0] in ("储罐", "锅炉")} == {("储罐", "已建档"), ("锅炉", "已建档")}


def test_the_fewest_fixes_are_those_of_the_rule(street: Snapshot) -> None:
    found = subject_card.fixes(street, NOW, enterprise_key="F1")
    names = ("wanted_colour", "move_no", "fact_label", "move_count", "is_wait", "score_after", "earliest_on")
    assert rows(found, *names) == [
        ("yellow", 1, "未销号重大事故隐患", 1, False, 84, date(2026, 12, 1)),
        ("green", 1, "超期未整改一般隐患", 1, False, 92, date(2027, 2, 1)),
        ("green", 2, "未销号重大事故隐患", 1, False, 92, date(2027, 2, 1)),
    ]


@pytest.mark.parametrize("wanted", ["yellow", "green"])
def test_fixes_bring_the_colour_on_the_day_they_promise(
    street: Snapshot, tmp_path: Path, wanted: str
) -> None:
    """The same ledgers with the fixes made the day after, loaded the day after the promised one."""
    fixes = subject_card.fixes(street, NOW, enterprise_key="F1")
    mine = fixes[fixes["wanted_colour"] == wanted]
    promised = mine["earliest_on"].iloc[0].date()
    told = ledgers()
    closing = {"未销号重大事故隐患": H_MAJOR, "超期未整改一般隐患": H_LATE}
    numbers = {closing[label] for label in mine["fact_label"]}
    for row in told["hazard"]:
        if row["hazard_no"] in numbers:
            row["closed_at"] = "2026-11-26 10:00"
    loaded = promised + timedelta(days=1)
    later = street_of(tmp_path, at=f"{loaded} 09:00", **told)
    worn = []
    for day in (promised - timedelta(days=1), promised):
        asked = Scope(day, day + timedelta(days=1), as_at=datetime.combine(day, datetime.min.time()))
        worn.append(subject_card.card(later, asked, enterprise_key="F1")["colour"].iloc[0])
    assert worn == [{"yellow": "red", "green": "yellow"}[wanted], wanted]


def test_one_thing_more_costs_a_level(street: Snapshot) -> None:
    before = Scope(date(2026, 9, 1), date(2026, 10, 1), as_at=datetime(2026, 9, 30, 18))
    found = subject_card.worsenings(street, before, enterprise_key="F1")
    assert rows(found, "colour", "fact_label", "worse_colour") == [
        ("green", "超期未整改一般隐患", "yellow"),
        ("green", "未销号重大事故隐患", "red"),
        ("green", "12 个月内生产安全死亡事故", "red"),
        ("green", "正在执行的停产停业决定", "red"),
        ("green", "180 天内虚假整改", "red"),
        ("green", "违规住人", "red"),
        ("green", "特种作业人员无证或证书过期", "yellow"),
    ]
    # nothing is worse than red
    assert subject_card.worsenings(street, WEEK, enterprise_key="F1").empty


def test_who_only_waits_for_a_better_colour_loses_nothing_it_does_not_have(tmp_path: Path) -> None:
    told = evidence(("F1",), ())
    told["hazard"].append(hazard("H1", "F1", "2026-11-10", "2026-11-12", closed_at="2026-11-18 10:00"))
    street = street_of(tmp_path, at=LAST_MOMENT, **told)
    found = subject_card.worsenings(street, WEEK, enterprise_key="F1")
    assert set(found["colour"]) == {"yellow"}
    assert set(found["worse_colour"]) == {"red"}


@pytest.mark.parametrize("key", ["", "nobody"])
def test_who_is_not_there_has_no_card(street: Snapshot, key: str) -> None:
    asked = (
        subject_card.card, subject_card.strip, subject_card.dimensions, subject_card.fired_rows,
        subject_card.hazards, subject_card.looks, subject_card.papers, subject_card.fixes,
        subject_card.worsenings,
    )  # fmt: skip
    assert [len(question(street, WEEK, enterprise_key=key)) for question in asked] == [0] * len(asked)
