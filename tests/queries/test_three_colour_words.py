"""What 三色管理 says of a few subjects whose ledgers are written out here."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.warehouse import Snapshot
from queries import Scope, three_colour
from tests.builders import street_of
from tests.queries.test_three_colour_twins import rows

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 22, 18))
FIRMS = ("grave", "held", "near points", "near limit", "set by hand", "meeting", "owner's firm", "unseen")
SHOPS = ("late", "poor", "owner's shop", "shut", "twin")

THE_LATE = "有超期未整改隐患，不得评绿；超期未整改一般隐患1处 −8"
ESCALATED = "黄色问题超期7天未整改；有超期未整改隐患，不得评绿；超期未整改隐患1处 −10"

WORTH_TWO_POINTS = (
    "限期内未整改一般隐患",
    "180 天内同部位同类隐患重复",
    "90 天内复查不通过",
    "责任状（承诺书）未签或未公示",
    "未明确安全管理人员",
    "90 天内应自查未自查",
    "12 个月内未开展应急演练",
    "危险源未登记建档",
    "监测设施故障未修复",
    "90 天内安全例会、培训缺席",
    "90 天内不配合走访",
)


def evidence(firms: Sequence[str], shops: Sequence[str], since: str = "2026-01-05") -> dict[str, Any]:
    """Ledgers by which every dimension of both schemes is told from a day on, and nothing is wrong."""
    seen = [each for each in (*firms, *shops) if each != "unseen"]
    return {
        "enterprise": [{"record_key": key, "name": key} for key in firms]
        + [{"record_key": key, "name": key, "subject_kind": "shop"} for key in shops],
        "patrol_log": [{"place": key, "patrolled_at": f"{since} 09:00"} for key in seen]
        + [{"place": key, "patrolled_at": "2026-11-12 09:00"} for key in seen if key != "meeting"],
        "hazard": [
            {"hazard_no": "H0", "reported_at": f"{since} 09:00", "place": "别处", "has_filing": False}
        ],
        "responsibility_letter": [
            {"enterprise_key": key, "signed_on": since, "valid_until_on": "2027-12-31"} for key in firms
        ],
        "danger_source": [
            {"enterprise_key": key, "found_on": since, "registered_on": since} for key in firms
        ],
        "certificate": [{"enterprise_key": key, "issued_on": since} for key in shops],
        "finding": [
            {"enterprise_key": key, "found_on": since, "detail": "店外经营", "result": "passed"}
            for key in shops
        ],
        "rating": [],
    }


def hazard(number: str, place: str, filed: str, due: str | None, **cells: Any) -> dict[str, Any]:
    return {
        "hazard_no": number, "place": place, "reported_at": f"{filed} 09:00", "filed_at": f"{filed} 09:00",
        "due_at": due and f"{due} 18:00",
    } | cells  # fmt: skip


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    told = evidence(FIRMS, SHOPS)
    told["hazard"] += [
        hazard("H1", "grave", "2026-11-10", None, level="major"),
        hazard("H2", "grave", "2026-11-10", "2026-11-12"),
        hazard("H3", "grave", "2026-11-10", "2026-11-12"),
        hazard("H4", "held", "2026-11-03", None, level="major", closed_at="2026-11-18 10:00"),
        hazard("H5", "late", "2026-11-05", "2026-11-10"),
        hazard("H6", "near limit", "2026-11-20", "2026-11-22"),
        hazard("H7", "near limit", "2026-11-20", "2026-11-29"),
        hazard("H8", "near limit", "2026-11-20", "2026-11-30"),
        hazard("H9", "near limit", "2026-11-20", "2026-11-25", handled_at="2026-11-22 09:00"),
        # handled in time as well, but only after the moment looked at
        hazard("H10", "near limit", "2026-11-20", "2026-11-25", handled_at="2026-11-23 09:00"),
        hazard("H11", "set by hand", "2026-11-05", "2026-11-10"),
        hazard("H12", "owner's shop", "2026-11-05", "2026-11-10"),
    ]
    told["finding"] += [
        {
            "enterprise_key": key,
            "found_on": "2026-10-20",
            "detail": detail,
            "result": "failed",
            "fault_count": n,
        }
        for key, detail, n in (
            ("near points", "安全管理协议", 2),
            ("poor", "消防器材", 9),
            ("poor", "电气线路", 9),
            ("poor", "垃圾分类不合格", 9),
            ("twin", "安全出口", 1),
        )
    ]
    told["danger_source"].append(
        {"enterprise_key": "near points", "found_on": "2026-10-20", "source_name": "储罐"}
    )
    told["self_check"] = [{"enterprise_key": "near points", "due_on": "2026-10-20"}]
    told["rating_override"] = [
        {
            "enterprise_key": "set by hand", "colour": "green", "reason": "整改方案已批",
            "from_on": "2026-11-16", "until_on": "2026-11-30",
        }
    ]  # fmt: skip
    told["rating"] += [
        {"enterprise_key": "meeting", "rated_on": "2026-11-01", "colour": "red", "reason": "群众反映"},
        {"enterprise_key": "twin", "scheme": "enterprise", "rated_on": "2026-11-01", "colour": "green"},
    ]
    for firm in told["enterprise"]:
        firm["uscc"] = "91330000MA00000001" if firm["name"].startswith("owner's") else None
        if firm["name"] == "near limit":
            firm["inherent_risk"] = "red"
        if firm["name"] == "shut":
            firm |= {"state": "停业", "updated_at": "2026-11-18 09:00"}
    return street_of(tmp_path_factory.mktemp("words"), at="2026-11-25 09:00", **told)


def test_the_red_list_says_why_since_when_and_what_releases(street: Snapshot) -> None:
    found = three_colour.red_list(street, WEEK)
    names = ("scheme", "enterprise_key", "red_since_on", "red_days", "score", "reason", "release")
    assert rows(found, *names) == [
        (
            "enterprise", "held", date(2026, 11, 3), 19, 100,
            "留用观察，最近一次评定已达标",
            "连续达标 2 次（已 1 次），留满 14 天（已 19 天）",
        ),
        (
            "enterprise", "grave", date(2026, 11, 10), 12, 84,
            "存在未销号重大事故隐患1处；有超期未整改隐患，不得评绿；超期未整改一般隐患2处 −16",
            "主管部门或专家验收合格并销号；全部整改并复查合格",
        ),
        (
            "shop", "twin", date(2026, 10, 20), 33, 100,
            "营业期间锁闭、封堵安全出口", "当场恢复并复查",
        ),
        (
            "shop", "poor", date(2026, 11, 1), 21, 58,
            "消防器材缺失或过期9件 −12；电气线路隐患9处 −15；30天内垃圾分类不合格9次 −15", None,
        ),
        (
            "shop", "late", date(2026, 11, 17), 5, 90,
            ESCALATED, "整改并复查合格",
        ),
        (
            "shop", "owner's shop", date(2026, 11, 17), 5, 90,
            ESCALATED, "整改并复查合格",
        ),
    ]  # fmt: skip


def test_near_the_edge_are_limits_within_a_week_and_points(street: Snapshot) -> None:
    found = three_colour.near_edge(street, WEEK)
    names = ("enterprise_key", "edge_kind", "score", "points_above_floor", "edge_what", "edge_on")
    assert rows(found, *names) == [
        ("near limit", "limit", 100, None, "H6、H10、H7", date(2026, 11, 22)),
        (
            "near points", "points", 86, 1,
            "、".join(WORTH_TWO_POINTS), None,
        ),
    ]  # fmt: skip


def test_a_change_of_colour_has_a_name(street: Snapshot) -> None:
    found = three_colour.colour_changes(street, WEEK)
    assert rows(found, "scheme", "enterprise_key", "colour_then", "colour", "colour_change", "reason") == [
        ("enterprise", "set by hand", "yellow", "green", "upgrade", THE_LATE),
        ("shop", "late", "yellow", "red", "downgrade", ESCALATED),
        ("shop", "owner's shop", "yellow", "red", "downgrade", ESCALATED),
        ("shop", "shut", "green", "unrated", "lapsed", None),
    ]


def test_a_colour_set_by_hand_is_worn_beside_what_the_rule_says(street: Snapshot) -> None:
    found = three_colour.overrides(street, WEEK)
    names = ("enterprise_key", "colour", "colour_by_rule", "override_until_on", "override_left_days")
    assert rows(found, *names, "override_reason") == [
        ("set by hand", "green", "yellow", date(2026, 11, 30), 8, "整改方案已批")
    ]
    subjects = three_colour.subjects(street, WEEK).set_index("enterprise_key")
    assert subjects.loc["set by hand", "colour"] == "green"
    later = Scope(date(2026, 11, 9), date(2026, 11, 16), as_at=datetime(2026, 11, 15, 18))
    assert three_colour.overrides(street, later).empty


def test_conflicts_are_of_one_owner_one_subject_or_with_the_inherent_risk(street: Snapshot) -> None:
    found = three_colour.conflicts(street, WEEK)
    assert rows(found, "conflict_kind", "enterprise_key", "green_scheme", "red_scheme", "inherent_risk") == [
        ("schemes", "owner's firm", "enterprise", "shop", None),
        ("schemes", "twin", "enterprise", "shop", None),
        ("risk", "near limit", "enterprise", None, "red"),
    ]


def test_what_the_meeting_decided_stands_beside_what_the_rule_says(street: Snapshot) -> None:
    found = three_colour.rated_differently(street, WEEK)
    assert rows(found, "enterprise_key", "colour", "rated_colour", "rated_colour_on", "rated_reason") == [
        ("meeting", "green", "red", date(2026, 11, 1), "群众反映")
    ]


def test_whoever_was_not_seen_for_long_is_stale_and_whoever_never_was_is_unrated(street: Snapshot) -> None:
    told = three_colour.subjects(street, WEEK).set_index("enterprise_key")
    assert told.index[told["is_stale"]].tolist() == ["meeting"]
    assert (told.loc["unseen", "colour"], told.loc["meeting", "colour"]) == ("unrated", "green")
    counts = three_colour.colour_counts(street, WEEK).set_index("scheme")
    assert counts["stale_count"].tolist() == [1, 0]
    # 120 days and a day since 2026-01-05
    for day, stale in (("2026-05-05", 0), ("2026-05-06", 8)):
        moment = datetime.fromisoformat(f"{day} 18:00")
        asked = Scope(moment.date(), date(2026, 6, 1), as_at=moment)
        assert three_colour.colour_counts(street, asked)["stale_count"].iloc[0] == stale


def test_the_rule_in_force_is_on_trial_until_somebody_approves_it(street: Snapshot) -> None:
    found = three_colour.rules_in_force(street, WEEK)
    assert rows(found, "scheme", "is_trial", "colour_basis", "green_floor", "yellow_floor") == [
        ("enterprise", True, "rule", 85, 60),
        ("shop", True, "rule", 85, 65),
    ]
    before = Scope(date(2025, 12, 1), date(2026, 1, 1), as_at=datetime(2025, 12, 31))
    assert three_colour.rules_in_force(street, before)["colour_basis"].tolist() == ["rating", "rating"]


def test_where_nobody_is_rated_there_is_no_rate(street: Snapshot) -> None:
    asked = Scope(date(2025, 12, 1), date(2026, 1, 1), as_at=datetime(2025, 12, 31))
    told = three_colour.figures(street, asked).set_index("figure")
    assert told[["value", "value_before", "change"]].drop("rated_rate").isna().all(axis=None)
    assert told.loc["rated_rate", "value"] == 0
    counts = three_colour.colour_counts(street, asked)
    assert counts[["green_rate", "yellow_rate", "red_rate"]].isna().all(axis=None)


@pytest.mark.parametrize("question", [three_colour.by_group, three_colour.subjects])
def test_what_cannot_be_grouped_by_is_refused(street: Snapshot, question: Any) -> None:
    with pytest.raises(duckdb.Error, match="不能按 colour"):
        question(street, WEEK, by="colour")


def test_two_ratings_of_one_colour_on_one_day_begin_its_run_that_day(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[{"record_key": "F1"}],
        rating=[
            {"enterprise_key": "F1", "rated_on": "2026-11-01", "colour": "green"},
            {"enterprise_key": "F1", "rated_on": "2026-11-18", "colour": "red", "rating_kind": "例行"},
            {"enterprise_key": "F1", "rated_on": "2026-11-18", "colour": "red", "rating_kind": "复评"},
        ],
    )
    assert three_colour.red_list(street, WEEK)["red_days"].tolist() == [4]


def test_a_rating_is_stale_where_nobody_was_there_since(tmp_path: Path) -> None:
    firms = ["fresh", "old", "seen since", "seen before"]
    street = street_of(
        tmp_path,
        enterprise=[{"record_key": key, "name": key} for key in firms],
        rating=[
            {
                "enterprise_key": key,
                "rated_on": "2026-11-01" if key in ("fresh", "seen before") else "2026-05-01",
            }
            for key in firms
        ],
        patrol_log=[
            {"place": "seen since", "patrolled_at": "2026-11-10 09:00"},
            {"place": "seen before", "patrolled_at": "2026-05-10 09:00"},
        ],
    )
    told = three_colour.subjects(street, WEEK).set_index("enterprise_key")["is_stale"]
    assert told.to_dict() == {"fresh": False, "old": True, "seen since": False, "seen before": True}
