"""Every fact of the three-colour rules, row by row: when it begins and ends, how many units, by which row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.colouring.catalogue import Fact, facts
from data.warehouse import Snapshot, Store
from tests.builders import load, snapshot_of, street_of

Rows = list[dict[str, Any]]
# fact, first day, day after the last (OPEN: none), units, the row that tells it
Spell = tuple[str, str, str, int, str | None]

OPEN = "9999-12-31"
IN_TIME, OVERDUE, LATE = "open_general_hazards_in_time", "overdue_general_hazards", "overdue_hazards"
MAJOR, REPEAT, REWORK = "open_major_hazards", "repeat_hazards_180d", "failed_rechecks_90d"
FIRE, WASTE, HOME = "fire_equipment_faults", "waste_violations_30d", "illegal_residence"
COMPLAINT = "valid_complaints_30d"
GAS, ALARM = "gas_protection_missing", "gas_alarm_absent_in_use"
MISSED = "missed_self_checks_90d"
ENDING, ENDED, HIDDEN = "certificates_expiring_30d", "certificates_expired", "certificates_not_displayed"
SOURCE, FAULT = "unregistered_danger_sources", "monitor_faults_30d"
DEATH, STOPPED = "fatal_accidents_12m", "suspension_in_force"


@dataclass(frozen=True)
class Case:
    """One subject, its rows in each ledger, and every spell that must come of them."""

    sentence: str
    rows: Mapping[str, Rows]
    told: list[Spell]
    firm: Mapping[str, Any] = field(default_factory=dict)


def case(sentence: str, *told: Spell, firm: Mapping[str, Any] | None = None, **rows: Rows) -> Case:
    return Case(sentence, rows, list(told), firm or {})


def hazard(key: str, **cells: Any) -> dict[str, Any]:
    """Filed on 10 November with a limit on the 17th, unless said otherwise."""
    return {
        "record_key": key, "hazard_no": key, "filed_at": "2026-11-10 09:00", "due_at": "2026-11-17 10:00",
    } | cells  # fmt: skip


def found(key: str, day: str, result: str | None = "failed", **cells: Any) -> dict[str, Any]:
    return {"record_key": key, "found_on": day, "result": result, "detail": "消防器材"} | cells


def layer(key: str, day: str, name: str, is_ok: bool) -> dict[str, Any]:
    return {"record_key": key, "checked_on": day, "layer": name, "is_ok": is_ok}


def permit(key: str, issued: str | None, expires: str | None, **cells: Any) -> dict[str, Any]:
    return {"record_key": key, "issued_on": issued, "expires_on": expires} | cells


HAZARDS = [
    case(
        "a hazard is in time through the day of its limit and late from the next day on",
        (IN_TIME, "2026-11-10", "2026-11-18", 1, "H1"),
        (OVERDUE, "2026-11-18", OPEN, 1, "H1"),
        (LATE, "2026-11-18", OPEN, 1, "H1"),
        hazard=[hazard("H1")],
    ),
    case(
        "one closed on the day of its limit was never late",
        (IN_TIME, "2026-11-10", "2026-11-17", 1, "H1"),
        hazard=[hazard("H1", closed_at="2026-11-17 18:00")],
    ),
    case(
        "one closed the day after its limit was late on no whole day",
        (IN_TIME, "2026-11-10", "2026-11-18", 1, "H1"),
        hazard=[hazard("H1", closed_at="2026-11-18 08:00")],
    ),
    case(
        "one closed two days after was late for one",
        (IN_TIME, "2026-11-10", "2026-11-18", 1, "H1"),
        (OVERDUE, "2026-11-18", "2026-11-19", 1, "H1"),
        (LATE, "2026-11-18", "2026-11-19", 1, "H1"),
        hazard=[hazard("H1", closed_at="2026-11-19 08:00")],
    ),
    case("one closed without a date never stood open", hazard=[hazard("H1", status="closed")]),
    case(
        "one closed before it was filed never stood open",
        hazard=[hazard("H1", closed_at="2026-11-09 08:00")],
    ),
    case(
        "one closed on the day it was filed never stood open a day",
        hazard=[hazard("H1", closed_at="2026-11-10 18:00")],
    ),
    case(
        "one made void was there until then",
        (IN_TIME, "2026-11-10", "2026-11-18", 1, "H1"),
        (OVERDUE, "2026-11-18", "2026-11-20", 1, "H1"),
        (LATE, "2026-11-18", "2026-11-20", 1, "H1"),
        hazard=[hazard("H1", voided_at="2026-11-20 09:00", part="仓库", kind="消防", rework_count=1)],
    ),
    case("one whose clock is stopped counts nothing", hazard=[hazard("H1", is_suspended=True)]),
    case(
        "a major one counts though its clock is stopped",
        (MAJOR, "2026-11-10", OPEN, 1, "H1"),
        hazard=[hazard("H1", is_suspended=True, level="major")],
    ),
    case(
        "a major one is no general one, late or not",
        (MAJOR, "2026-11-10", OPEN, 1, "H1"),
        (LATE, "2026-11-18", OPEN, 1, "H1"),
        hazard=[hazard("H1", level="major")],
    ),
    case(
        "one handled in time and waiting for its check is not late",
        (IN_TIME, "2026-11-10", OPEN, 1, "H1"),
        hazard=[hazard("H1", handled_at="2026-11-17 09:59")],
    ),
    case(
        "one handled on the day of its limit but after its hour is late until it is closed",
        (IN_TIME, "2026-11-10", "2026-11-18", 1, "H1"),
        (OVERDUE, "2026-11-18", "2026-11-21", 1, "H1"),
        (LATE, "2026-11-18", "2026-11-21", 1, "H1"),
        hazard=[hazard("H1", handled_at="2026-11-17 10:01", closed_at="2026-11-21 09:00")],
    ),
    case(
        "an extended limit is the limit",
        (IN_TIME, "2026-11-10", "2026-11-21", 1, "H1"),
        (OVERDUE, "2026-11-21", OPEN, 1, "H1"),
        (LATE, "2026-11-21", OPEN, 1, "H1"),
        hazard=[hazard("H1", extended_due_at="2026-11-20 23:59:59")],
    ),
    case(
        "one without a limit is never late",
        (IN_TIME, "2026-11-10", OPEN, 1, "H1"),
        hazard=[hazard("H1", due_at=None)],
    ),
    case(
        "one whose limit lay before its filing is late from its filing",
        (OVERDUE, "2026-11-10", OPEN, 1, "H1"),
        (LATE, "2026-11-10", OPEN, 1, "H1"),
        hazard=[hazard("H1", due_at="2026-11-01 10:00")],
    ),
    case("one put right on the spot is no case", hazard=[hazard("H1", is_self_handled=True)]),
    case("one that was never filed is no case", hazard=[hazard("H1", filed_at=None)]),
    case(
        "where a ledger has no column of filings, finding is filing",
        (IN_TIME, "2026-11-16", "2026-11-18", 1, "H1"),
        (OVERDUE, "2026-11-18", OPEN, 1, "H1"),
        (LATE, "2026-11-18", OPEN, 1, "H1"),
        hazard=[hazard("H1", filed_at=None, has_filing=False)],
    ),
    case(
        "one of another place is not its",
        hazard=[hazard("H1", place="隔壁"), hazard("H2", place=None)],
    ),
    case("one of its name in another grid is not its", hazard=[hazard("H1", grid_code="WG-0202")]),
    case(
        "one filed again in the same part is a repeat for 180 days",
        (IN_TIME, "2026-11-01", "2026-11-05", 1, "H1"),
        (IN_TIME, "2026-11-10", "2026-11-17", 1, "H2"),
        (REPEAT, "2026-11-10", "2027-05-09", 1, "H2"),
        hazard=[
            hazard("H1", filed_at="2026-11-01 09:00", closed_at="2026-11-05 09:00", part="仓库", kind="消防"),
            hazard("H2", reopen_of="H1", closed_at="2026-11-17 09:00", part="仓库", kind="消防"),
        ],
    ),
    case(
        "180 days later is a repeat, 181 days later is none",
        (IN_TIME, "2026-01-01", "2026-01-02", 1, "H1"),
        (IN_TIME, "2026-06-30", "2026-07-01", 1, "H2"),
        (IN_TIME, "2026-12-28", "2026-12-29", 1, "H3"),
        (REPEAT, "2026-06-30", "2026-12-27", 1, "H2"),
        hazard=[
            hazard(
                key,
                filed_at=f"{day} 09:00",
                due_at=None,
                closed_at=f"{after} 09:00",
                part="仓库",
                kind="消防",
            )
            for key, day, after in (
                ("H1", "2026-01-01", "2026-01-02"),
                ("H2", "2026-06-30", "2026-07-01"),
                ("H3", "2026-12-28", "2026-12-29"),
            )
        ],
    ),
    case(
        "two of one day are one appearance, which another day repeats once",
        (IN_TIME, "2026-11-01", "2026-11-02", 1, "H1"),
        (IN_TIME, "2026-11-01", "2026-11-02", 1, "H2"),
        (IN_TIME, "2026-11-03", "2026-11-04", 1, "H3"),
        (IN_TIME, "2026-11-03", "2026-11-04", 1, "H4"),
        (REPEAT, "2026-11-03", "2027-05-02", 1, "H3"),
        hazard=[
            hazard(
                key,
                filed_at=f"2026-11-{day:02} 09:00",
                closed_at=f"2026-11-{day + 1:02} 09:00",
                part="仓库",
                kind="消防",
            )
            for key, day in (("H1", 1), ("H2", 1), ("H3", 3), ("H4", 3))
        ],
    ),
    case(
        "another part, another kind or no part told is no repeat",
        *((IN_TIME, f"2026-11-0{day}", f"2026-11-0{day + 1}", 1, f"H{day}") for day in range(1, 7)),
        hazard=[
            hazard(
                f"H{day}",
                filed_at=f"2026-11-0{day} 09:00",
                closed_at=f"2026-11-0{day + 1} 09:00",
                part=part,
                kind=kind,
            )
            for day, (part, kind) in enumerate(
                (
                    ("仓库", "消防"),
                    ("仓库", "电气"),
                    ("车间", "消防"),
                    (None, "电气"),
                    (None, "电气"),
                    ("车间", None),
                ),
                start=1,
            )
        ],
    ),
    case(
        "one that failed its check twice counts two for 90 days after it was accepted",
        (IN_TIME, "2026-11-10", "2026-11-17", 1, "H1"),
        (REWORK, "2026-11-15", "2027-02-13", 2, "H1"),
        hazard=[
            hazard(
                "H1",
                rework_count=2,
                handled_first_at="2026-11-12 09:00",
                handled_at="2026-11-15 09:00",
                closed_at="2026-11-17 09:00",
            )
        ],
    ),
    case(
        "one that failed its check and is open counts from the check, its first handling or its filing",
        (IN_TIME, "2026-11-10", OPEN, 1, "H1"),
        (IN_TIME, "2026-11-10", OPEN, 1, "H2"),
        (IN_TIME, "2026-11-10", OPEN, 1, "H3"),
        (REWORK, "2026-11-10", "2027-02-08", 1, "H3"),
        (REWORK, "2026-11-12", "2027-02-10", 1, "H2"),
        (REWORK, "2026-11-14", "2027-02-12", 1, "H1"),
        hazard=[
            hazard(
                "H1",
                due_at=None,
                rework_count=1,
                handled_first_at="2026-11-12 09:00",
                verified_at="2026-11-14 09:00",
            ),
            hazard("H2", due_at=None, rework_count=1, handled_first_at="2026-11-12 09:00"),
            hazard("H3", due_at=None, rework_count=1),
        ],
    ),
]

FINDINGS = [
    case(
        "what is found amiss stays so until a later look passes",
        (FIRE, "2026-10-05", "2026-11-02", 1, "Z1"),
        finding=[found("Z1", "2026-10-05"), found("Z2", "2026-11-02", "passed")],
    ),
    case(
        "a later look says how many there are then",
        (FIRE, "2026-10-05", "2026-10-20", 2, "Z1"),
        (FIRE, "2026-10-20", OPEN, 3, "Z2"),
        finding=[
            found("Z1", "2026-10-05", fault_count=2),
            found("Z2", "2026-10-20", "partial", fault_count=3),
        ],
    ),
    case(
        "a fact with a window counts for so many days, look by look, whatever passes later",
        (WASTE, "2026-11-01", "2026-12-01", 1, "Z1"),
        (WASTE, "2026-11-03", "2026-12-03", 2, "Z2"),
        finding=[
            found("Z1", "2026-11-01", detail="垃圾分类不合格"),
            found("Z2", "2026-11-03", detail="垃圾分类不合格", fault_count=2),
            found("Z3", "2026-11-05", "passed", detail="垃圾分类不合格"),
        ],
    ),
    case(
        "a look that says nothing of its result puts nothing right",
        (FIRE, "2026-10-05", OPEN, 1, "Z1"),
        finding=[
            found("Z1", "2026-10-05"),
            found("Z2", "2026-10-20", None),
            found("Z3", "2026-10-21", "other"),
        ],
    ),
    case(
        "in a list of faults without results a number or lost points make one",
        (FIRE, "2026-10-05", "2026-10-06", 4, "Z1"),
        (FIRE, "2026-10-06", OPEN, 1, "Z2"),
        finding=[
            found("Z1", "2026-10-05", None, fault_count=4),
            found("Z2", "2026-10-06", None, deducted=2.0),
            found("Z3", "2026-10-07", None, deducted=0.0, fault_count=0),
        ],
    ),
    case(
        "a failed look counts one at least, a passed one none whatever its number",
        (FIRE, "2026-10-05", "2026-10-06", 1, "Z1"),
        finding=[
            found("Z1", "2026-10-05", fault_count=0),
            found("Z2", "2026-10-06", "passed", fault_count=3),
        ],
    ),
    case(
        "of several looks at one thing on one day the worst counts",
        (FIRE, "2026-10-05", OPEN, 2, "Z2"),
        finding=[
            found("Z1", "2026-10-05", fault_count=1, indicator="公共安全"),
            found("Z2", "2026-10-05", fault_count=2, indicator="专项检查"),
            found("Z3", "2026-10-05", "passed", indicator="复查"),
        ],
    ),
    case(
        "two things that are the same fact add up, each until its own look passes",
        (FIRE, "2026-10-05", "2026-10-09", 1, "Z1"),
        (FIRE, "2026-10-06", OPEN, 1, "Z2"),
        finding=[
            found("Z1", "2026-10-05", detail="消防器材过期"),
            found("Z2", "2026-10-06", detail="消防器材缺失"),
            found("Z3", "2026-10-09", "passed", detail="消防器材过期"),
        ],
    ),
    case(
        "without a detail the indicator says what was looked at",
        (HOME, "2026-10-05", OPEN, 1, "Z1"),
        finding=[found("Z1", "2026-10-05", detail=None, indicator="违规住人")],
    ),
    case(
        "a text that names two facts tells both, and one that names none tells nothing",
        ("electrical_hazards", "2026-10-05", OPEN, 1, "Z1"),
        (FIRE, "2026-10-05", OPEN, 1, "Z1"),
        finding=[
            found("Z1", "2026-10-05", detail="消防器材和电气线路"),
            found("Z2", "2026-10-05", detail="其他"),
        ],
    ),
    case(
        "a complaint that was found true counts for 30 days, a duplicate or an unproved one does not",
        (COMPLAINT, "2026-11-05", "2026-12-05", 1, "S1"),
        public_report=[
            {"record_key": "S1", "reported_at": "2026-11-05 22:10", "kind": "油烟扰民", "is_valid": True},
            {"record_key": "S2", "kind": "油烟", "is_valid": True, "duplicate_of": "S1"},
            {"record_key": "S3", "kind": "噪声", "is_valid": False},
            {"record_key": "S4", "kind": "噪声"},
            {"record_key": "S5", "kind": "占道", "is_valid": True},
            {"record_key": "S6", "kind": "噪声", "is_valid": True, "grid_code": "WG-0202"},
        ],
    ),
]

GAS_LAYERS = [
    case(
        "a kitchen needs five layers: those nobody has looked at are missing from the first look on",
        (GAS, "2026-09-01", "2026-10-01", 3, "G1"),
        (GAS, "2026-10-01", OPEN, 1, "G3"),
        firm={"industry": "餐饮"},
        gas_guard=[
            layer("G1", "2026-09-01", "报警器", True),
            layer("G2", "2026-09-01", "切断阀", True),
            layer("G3", "2026-10-01", "金属软管", True),
            layer("G4", "2026-10-01", "熄火保护", True),
            layer("G5", "2026-11-01", "报警器", True),
        ],
    ),
    case(
        "anybody else needs three, and one that is not in place is missing until it is",
        (GAS, "2026-09-01", "2026-10-01", 1, "G2"),
        firm={"industry": "美容美发"},
        gas_guard=[
            layer("G1", "2026-09-01", "报警器", True),
            layer("G2", "2026-09-01", "切断阀", False),
            layer("G3", "2026-09-01", "金属软管", True),
            layer("G4", "2026-10-01", "切断阀", True),
        ],
    ),
    case(
        "an alarm that is not in place is missing and absent in use",
        (ALARM, "2026-09-01", "2026-09-10", 1, "G1"),
        (ALARM, "2026-09-10", "2026-10-01", 1, "G4"),
        (GAS, "2026-09-01", "2026-09-10", 1, "G1"),
        (GAS, "2026-09-10", "2026-10-01", 1, "G4"),
        gas_guard=[
            layer("G1", "2026-09-01", "燃气泄漏报警器", False),
            layer("G2", "2026-09-01", "切断阀", True),
            layer("G3", "2026-09-01", "金属软管", True),
            layer("G4", "2026-09-10", "燃气泄漏报警器", False),
            layer("G5", "2026-10-01", "燃气泄漏报警器", True),
        ],
    ),
    case(
        "more layers than it needs make up for nothing",
        (GAS, "2026-09-01", OPEN, 1, "G4"),
        gas_guard=[
            layer("G1", "2026-09-01", "报警器", True),
            layer("G2", "2026-09-01", "切断阀", True),
            layer("G3", "2026-09-01", "金属软管", True),
            layer("G4", "2026-09-01", "浓度巡检", False),
        ],
    ),
    case("where nobody looked at the gas nothing is missing", firm={"industry": "餐饮"}),
    case(
        "one who sells tableware does not cook",
        (GAS, "2026-09-01", OPEN, 2, "G1"),
        firm={"industry": "餐具批发"},
        gas_guard=[layer("G1", "2026-09-01", "报警器", True)],
    ),
]

PERMITS = [
    case(
        "a certificate is about to end through its last day, and has ended from the next",
        (ENDING, "2026-10-01", "2026-11-01", 1, "C1"),
        (ENDED, "2026-11-01", OPEN, 1, "C1"),
        certificate=[permit("C1", "2021-11-01", "2026-10-31")],
    ),
    case(
        "one renewed in time never ends",
        (ENDING, "2026-10-01", "2026-10-20", 1, "C1"),
        (ENDING, "2031-10-01", "2031-11-01", 1, "C2"),
        (ENDED, "2031-11-01", OPEN, 1, "C2"),
        certificate=[permit("C1", "2021-11-01", "2026-10-31"), permit("C2", "2026-10-20", "2031-10-31")],
    ),
    case(
        "one renewed before it was about to end is never told of",
        certificate=[permit("C1", "2021-11-01", "2026-10-31"), permit("C2", "2026-09-20", None)],
    ),
    case(
        "one renewed late had ended until then",
        (ENDING, "2026-10-01", "2026-11-01", 1, "C1"),
        (ENDED, "2026-11-01", "2026-11-15", 1, "C1"),
        certificate=[permit("C1", "2021-11-01", "2026-10-31"), permit("C2", "2026-11-15", None)],
    ),
    case(
        "one renewed nobody wrote down when had no gap",
        (ENDING, "2026-10-01", "2026-11-01", 1, "C1"),
        (ENDING, "2031-10-01", "2031-11-01", 1, "C2"),
        (ENDED, "2031-11-01", OPEN, 1, "C2"),
        certificate=[permit("C1", "2021-11-01", "2026-10-31"), permit("C2", None, "2031-10-31")],
    ),
    case(
        "of several later ones the first that was issued replaces it",
        (ENDING, "2026-10-01", "2026-11-01", 1, "C1"),
        (ENDED, "2026-11-01", "2026-11-05", 1, "C1"),
        certificate=[
            permit("C1", "2021-11-01", "2026-10-31"),
            permit("C2", "2026-12-01", "2028-10-31"),
            permit("C3", "2026-11-05", None),
        ],
    ),
    case("one for ever never ends", certificate=[permit("C1", "2021-11-01", None)]),
    case(
        "another kind replaces nothing",
        (ENDING, "2026-10-01", "2026-11-01", 1, "C1"),
        (ENDED, "2026-11-01", OPEN, 1, "C1"),
        certificate=[
            permit("C1", "2021-11-01", "2026-10-31"),
            permit("C2", "2026-10-01", None, certificate_kind="营业执照"),
        ],
    ),
    case(
        "one of a few days is not about to end before it was issued",
        (ENDING, "2026-10-25", "2026-11-01", 1, "C1"),
        (ENDED, "2026-11-01", OPEN, 1, "C1"),
        certificate=[permit("C1", "2026-10-25", "2026-10-31")],
    ),
    case(
        "one that hangs nowhere counts while it holds, one of which nothing is said does not",
        (ENDING, "2026-10-01", "2026-10-20", 1, "C1"),
        (HIDDEN, "2021-11-01", "2026-10-20", 1, "C1"),
        certificate=[
            permit("C1", "2021-11-01", "2026-10-31", is_displayed=False),
            permit("C2", "2026-10-20", None, is_displayed=None),
        ],
    ),
    case(
        "one for ever that hangs nowhere counts for ever",
        (HIDDEN, "2021-11-01", OPEN, 1, "C1"),
        certificate=[permit("C1", "2021-11-01", None, is_displayed=False)],
    ),
]

OTHERS = [
    case(
        "a self-check that was not made is missed from the day after for 90 days",
        (MISSED, "2026-08-02", "2026-10-31", 1, "K1"),
        self_check=[{"record_key": "K1", "due_on": "2026-08-01", "checked_on": None}],
    ),
    case(
        "one made late is missed until it is made",
        (MISSED, "2026-08-02", "2026-08-10", 1, "K1"),
        self_check=[{"record_key": "K1", "due_on": "2026-08-01", "checked_on": "2026-08-10"}],
    ),
    case(
        "one made on its day, the day after or in good time is not missed, nor one that was not owed",
        self_check=[
            {"record_key": "K1", "due_on": "2026-08-01", "checked_on": "2026-08-01"},
            {"record_key": "K2", "due_on": "2026-09-01", "checked_on": "2026-09-02"},
            {"record_key": "K3", "due_on": "2026-10-01", "checked_on": "2026-09-20"},
            {"record_key": "K4", "due_on": None, "checked_on": "2026-10-20"},
        ],
    ),
    case(
        "a danger source is unregistered until it is put on file, and its fault lasts until it is mended",
        (FAULT, "2026-05-01", "2026-05-09", 1, "D2"),
        (FAULT, "2026-06-01", OPEN, 1, "D3"),
        (SOURCE, "2026-01-05", "2026-03-01", 1, "D1"),
        (SOURCE, "2026-02-05", OPEN, 1, "D4"),
        danger_source=[
            {"record_key": "D1", "found_on": "2026-01-05", "registered_on": "2026-03-01"},
            {
                "record_key": "D2",
                "registered_on": "2026-01-05",
                "fault_on": "2026-05-01",
                "fixed_on": "2026-05-09",
            },
            # the repair of the fault before, which a blank cell does not erase
            {
                "record_key": "D3",
                "registered_on": "2026-01-01",
                "fault_on": "2026-06-01",
                "fixed_on": "2026-02-01",
            },
            {"record_key": "D4", "found_on": "2026-02-05", "registered_on": None},
            {
                "record_key": "D5",
                "registered_on": "2026-01-05",
                "fault_on": "2026-05-01",
                "fixed_on": "2026-05-01",
            },
        ],
    ),
    case(
        "a death counts for twelve months, a suspension until it is lifted, anything else not",
        (DEATH, "2026-03-01", "2027-03-01", 1, "E1"),
        (STOPPED, "2026-04-01", "2026-04-20", 1, "E2"),
        (STOPPED, "2026-11-01", OPEN, 1, "E3"),
        enforcement=[
            {"record_key": "E1", "event_kind": "fatal_accident", "began_on": "2026-03-01"},
            {
                "record_key": "E2",
                "event_kind": "suspension",
                "began_on": "2026-04-01",
                "ended_on": "2026-04-20",
            },
            {"record_key": "E3", "event_kind": "suspension", "began_on": "2026-11-01"},
            {"record_key": "E4", "event_kind": "other", "began_on": "2026-11-01"},
        ],
    ),
]

CASES = [*HAZARDS, *FINDINGS, *GAS_LAYERS, *PERMITS, *OTHERS]
# Ledgers that name a subject by its place, not by its record.
PLACED = ("hazard", "public_report")


def spells(street: Snapshot, enterprise_key: str) -> list[Spell]:
    with street.cursor() as cursor:
        rows = cursor.execute(
            "select fact, from_on, until_on, unit_count, record_key from fact_spell"
            " where enterprise_key = $key order by fact, from_on, record_key",
            {"key": enterprise_key},
        ).fetchall()
    return [(fact, f"{since}", f"{until}", units, row) for fact, since, until, units, row in rows]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """One street holding every case, each at a subject of its own."""
    tables: dict[str, Any] = {"enterprise": []}
    for number, each in enumerate(CASES):
        tables["enterprise"].append({"record_key": f"F{number}", "name": f"店{number}", **each.firm})
        for ledger, rows in each.rows.items():
            mine: dict[str, Any] = (
                {"place": f"店{number}"} if ledger in PLACED else {"enterprise_key": f"F{number}"}
            )
            tables.setdefault(ledger, []).extend(
                mine | row | {"record_key": f"F{number} {row['record_key']}"} for row in rows
            )
    for row in tables["hazard"]:
        row["hazard_no"] = row["record_key"]
    return street_of(tmp_path_factory.mktemp("street"), **tables)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[each.sentence for each in CASES])
def test_the_rows_of_a_ledger_tell_a_fact(street: Snapshot, number: int) -> None:
    told = [
        (fact, since, until, units, f"F{number} {row}")
        for fact, since, until, units, row in CASES[number].told
    ]
    assert spells(street, f"F{number}") == sorted(told)


def test_a_hazard_at_a_name_that_two_bear_in_one_grid_is_of_both_and_of_none_elsewhere(
    tmp_path: Path,
) -> None:
    names = {"F1": "WG-0101", "F2": "WG-0101", "F3": "WG-0202"}
    street = street_of(
        tmp_path,
        enterprise=[
            {"record_key": key, "name": "兴隆小吃", "grid_code": grid} for key, grid in names.items()
        ],
        hazard=[hazard("H1", place="兴隆小吃", due_at=None)],
    )
    told = [(IN_TIME, "2026-11-10", OPEN, 1, "H1")]
    assert [spells(street, key) for key in names] == [told, told, []]


def test_a_letter_covers_the_days_it_is_in_force_if_it_is_posted(tmp_path: Path) -> None:
    letters: dict[str, Rows] = {
        "posted": [{"signed_on": "2026-01-05", "valid_until_on": "2026-12-31", "is_posted": True}],
        "of a year": [{"signed_on": "2026-03-01"}],
        "renewed": [
            {"signed_on": "2026-01-05", "valid_until_on": "2026-06-30"},
            {"signed_on": "2026-06-20", "valid_until_on": "2027-06-30"},
        ],
        "with a gap": [
            {"signed_on": "2026-01-05", "valid_until_on": "2026-06-30"},
            {"signed_on": "2026-08-01", "valid_until_on": "2027-07-31"},
        ],
        "one within another": [
            {"signed_on": "2026-01-05", "valid_until_on": "2026-12-31", "letter_kind": "安全生产责任书"},
            {"signed_on": "2026-02-01", "valid_until_on": "2026-03-31", "letter_kind": "消防安全责任书"},
        ],
        "not posted": [{"signed_on": "2026-01-02", "is_posted": False}],
        "none": [],
        "new": [],
    }
    street = street_of(
        tmp_path,
        enterprise=[
            {"record_key": key, "registered_on": "2026-10-01" if key == "new" else None} for key in letters
        ]
        + [{"record_key": "a shop", "subject_kind": "shop"}],
        responsibility_letter=[
            row | {"enterprise_key": key} for key, rows in letters.items() for row in rows
        ],
    )
    lacking = {
        key: [(since, until) for _, since, until, *_ in spells(street, key)] for key in (*letters, "a shop")
    }
    # the ledger begins with the letter that was not posted
    assert lacking == {
        "posted": [("2026-01-02", "2026-01-05"), ("2027-01-01", OPEN)],
        "of a year": [("2026-01-02", "2026-03-01"), ("2027-03-01", OPEN)],
        "renewed": [("2026-01-02", "2026-01-05"), ("2027-07-01", OPEN)],
        "with a gap": [("2026-01-02", "2026-01-05"), ("2026-07-01", "2026-08-01"), ("2027-08-01", OPEN)],
        "one within another": [("2026-01-02", "2026-01-05"), ("2027-01-01", OPEN)],
        "not posted": [("2026-01-02", OPEN)],
        "none": [("2026-01-02", OPEN)],
        "new": [("2026-10-01", OPEN)],
        # nobody writes down the letters of shops
        "a shop": [],
    }
    assert {spell[0] for key in letters for spell in spells(street, key)} == {"no_safety_commitment"}


def test_a_drill_covers_a_year_and_a_new_firm_has_a_year_to_hold_one(tmp_path: Path) -> None:
    firms = {"held": None, "never": None, "trained": None, "new": "2026-05-01"}
    street = street_of(
        tmp_path,
        enterprise=[{"record_key": key, "registered_on": day} for key, day in firms.items()],
        drill=[
            {"enterprise_key": "held", "held_on": "2025-09-01"},
            {"enterprise_key": "held", "held_on": "2026-10-01"},
            {"enterprise_key": "trained", "held_on": "2026-10-01", "drill_kind": "safety_training"},
        ],
    )
    told = [("no_drill_12m", "2025-09-01", OPEN, 1, None)]
    assert spells(street, "held") == [
        ("no_drill_12m", "2026-09-01", "2026-10-01", 1, None),
        ("no_drill_12m", "2027-10-01", OPEN, 1, None),
    ]
    assert (spells(street, "never"), spells(street, "trained")) == (told, told)
    assert spells(street, "new") == [("no_drill_12m", "2027-05-01", OPEN, 1, None)]


def test_the_register_tells_who_has_no_safety_officer_where_it_tells_of_any(tmp_path: Path) -> None:
    firms: Rows = [
        {"record_key": "F1", "has_safety_officer": True},
        {"record_key": "F2", "has_safety_officer": False, "registered_on": "2024-05-06"},
        {"record_key": "F3", "has_safety_officer": False},
        {"record_key": "F4", "has_safety_officer": None},
        {"record_key": "S1", "has_safety_officer": False, "subject_kind": "shop"},
    ]
    street = street_of(tmp_path, enterprise=firms)
    assert [spells(street, str(row["record_key"])) for row in firms] == [
        [],
        [("no_safety_officer", "2024-05-06", OPEN, 1, "F2")],
        [("no_safety_officer", "2000-01-01", OPEN, 1, "F3")],
        [],
        [],
    ]


def test_a_column_of_officers_that_is_blank_for_every_firm_tells_nothing(tmp_path: Path) -> None:
    firms: Rows = [
        {"record_key": "F1", "has_safety_officer": False},
        {"record_key": "S1", "has_safety_officer": True, "subject_kind": "shop"},
    ]
    street = street_of(tmp_path, enterprise=firms)
    assert spells(street, "F1") == []
    assert ("enterprise", "no_safety_officer") not in known(street)


@pytest.mark.parametrize(
    ("state", "fact"),
    [
        ("长期停业", "business_closed_long"),
        ("歇业", "business_closed_long"),
        ("空铺", "business_vacant"),
        ("空置", "business_vacant"),
        ("暂停营业", None),
        ("停业装修", None),
        ("营业", None),
        (None, None),
    ],
)
def test_a_state_of_the_register_holds_from_the_day_it_is_of(
    told_states: Snapshot, state: str | None, fact: str | None
) -> None:
    told = spells(told_states, f"dated {state}"), spells(told_states, f"undated {state}")
    assert told == (
        [(fact, "2026-10-05", OPEN, 1, f"dated {state}")] if fact else [],
        [(fact, "2026-11-22", OPEN, 1, f"undated {state}")] if fact else [],
    )


@pytest.fixture(scope="module")
def told_states(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    states = ("长期停业", "歇业", "空铺", "空置", "暂停营业", "停业装修", "营业", None)
    return street_of(
        tmp_path_factory.mktemp("states"),
        enterprise=[
            {"record_key": f"{kind} {state}", "state": state, "updated_at": day}
            for state in states
            for kind, day in (("dated", "2026-10-05 09:00"), ("undated", None))
        ],
    )


def test_a_state_ends_where_a_later_version_of_the_register_says_otherwise(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-02 09:00", enterprise=[firm("停业", staff_count=3), firm("停业", "F2")])
    # another cell changed, the state did not
    load(store, "2026-11-09 09:00", enterprise=[firm("停业", staff_count=2)])
    load(store, "2026-11-16 09:00", enterprise=[firm("营业"), firm("空铺", "F2")])
    load(store, "2026-11-20 09:00", enterprise=[firm("停业")])
    street = snapshot_of(store)
    assert spells(street, "F1") == [
        ("business_closed_long", "2026-11-02", "2026-11-16", 1, "F1"),
        ("business_closed_long", "2026-11-20", OPEN, 1, "F1"),
    ]
    assert spells(street, "F2") == [
        ("business_closed_long", "2026-11-02", "2026-11-16", 1, "F2"),
        ("business_vacant", "2026-11-16", OPEN, 1, "F2"),
    ]


def test_a_version_without_a_day_of_its_own_is_of_the_day_it_was_loaded(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-02 09:00", enterprise=[firm("停业", updated_at="2026-10-05 09:00")])
    load(store, "2026-11-16 09:00", enterprise=[firm("营业")])
    load(store, "2026-11-20 09:00", enterprise=[firm("停业", updated_at="2026-11-18 09:00")])
    assert spells(snapshot_of(store), "F1") == [
        ("business_closed_long", "2026-10-05", "2026-11-16", 1, "F1"),
        ("business_closed_long", "2026-11-18", OPEN, 1, "F1"),
    ]


def test_an_officer_named_later_leaves_the_days_before_as_they_were(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(
        store,
        "2026-11-02 09:00",
        enterprise=[firm("营业", has_safety_officer=False), firm("营业", "F2", has_safety_officer=True)],
    )
    load(store, "2026-11-16 09:00", enterprise=[firm("营业", has_safety_officer=True)])
    load(store, "2026-11-20 09:00", enterprise=[firm("营业", "F2", has_safety_officer=False)])
    street = snapshot_of(store)
    assert spells(street, "F1") == [("no_safety_officer", "2000-01-01", "2026-11-16", 1, "F1")]
    assert spells(street, "F2") == [("no_safety_officer", "2026-11-20", OPEN, 1, "F2")]


def test_a_fact_of_a_ledger_that_is_not_there_is_unknown(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[{"record_key": "F1"}, {"record_key": "S1", "subject_kind": "shop"}],
        hazard=[hazard("H1", reported_at="2026-11-03 09:00")],
        gas_guard=[{"enterprise_key": "S1", "checked_on": "2026-10-04"}],
        drill=[{"enterprise_key": "F1", "held_on": "2026-05-05"}],
    )
    of_hazards = {fact.name: "2026-11-03" for fact in facts().values() if fact.ledger == "hazard"}
    assert known(street) == (
        {("enterprise", fact): day for fact, day in of_hazards.items()}
        | {("shop", fact): day for fact, day in of_hazards.items()}
        | {("shop", GAS): "2026-10-04", ("shop", ALARM): "2026-10-04"}
        | {("enterprise", "no_drill_12m"): "2026-05-05"}
    )


def test_a_ledger_whose_days_lie_ahead_is_known_once_it_is_loaded(tmp_path: Path) -> None:
    shop = {"enterprise_key": "S1"}
    street = street_of(
        tmp_path,
        enterprise=[{"record_key": "S1", "subject_kind": "shop"}],
        certificate=[shop | permit("C1", None, "2031-01-01"), shop | permit("C2", None, None)],
        self_check=[shop | {"due_on": "2027-01-01"}],
    )
    assert {fact: day for (_, fact), day in known(street).items()} == dict.fromkeys(
        (ENDING, ENDED, HIDDEN, MISSED), "2026-11-22"
    )


def test_findings_that_name_no_fact_make_none_known(tmp_path: Path) -> None:
    firms = [{"record_key": "F1"}, {"record_key": "S1", "subject_kind": "shop"}]
    looks = [
        found("Z1", "2026-10-05", detail="门牌", enterprise_key="F1"),
        found("Z2", "2026-10-06", "passed", enterprise_key="S1"),
    ]
    street = street_of(tmp_path, enterprise=firms, finding=looks)
    of_findings = {fact.name for fact in facts().values() if fact.ledger == "finding"}
    assert known(street) == {("shop", fact): "2026-10-06" for fact in of_findings}


def test_complaints_are_told_by_findings_and_by_reports_somebody_found_valid_or_not(tmp_path: Path) -> None:
    firms: Rows = [{"record_key": "F1"}, {"record_key": "S1", "subject_kind": "shop"}]
    reports: Rows = [
        {"reported_at": "2026-10-01 09:00", "kind": "占道"},
        {"reported_at": "2026-10-05 09:00", "kind": "占道", "is_valid": False},
    ]
    looks = [found("Z1", "2026-09-05", enterprise_key="S1"), found("Z2", "2026-11-06", enterprise_key="F1")]
    street = street_of(tmp_path, enterprise=firms, finding=looks, public_report=reports)
    told = {scheme: day for (scheme, fact), day in known(street).items() if fact == COMPLAINT}
    assert told == {"enterprise": "2026-10-05", "shop": "2026-09-05"}
    del reports[1]
    silent = street_of(tmp_path / "silent", enterprise=firms, public_report=reports)
    assert known(silent) == {}


def test_every_fact_of_the_catalogue_has_a_test_here() -> None:
    tested = {fact for each in CASES for fact, *_ in each.told}
    elsewhere = {
        "no_safety_commitment", "no_drill_12m", "no_safety_officer", "business_closed_long",
        "business_vacant",
    }  # fmt: skip
    by_words = {fact.name for fact in facts().values() if fact.ledger == "finding"}
    assert set(facts()) - tested - elsewhere - by_words == set()


@pytest.mark.parametrize(
    "fact", [each for each in facts().values() if each.words], ids=lambda each: each.name
)
def test_every_fact_of_findings_is_told_by_each_of_its_words(words_told: Snapshot, fact: Fact) -> None:
    for word in fact.words:
        told = [spell[:3] for spell in spells(words_told, f"{fact.name} {word}") if spell[0] == fact.name]
        until = OPEN if fact.days is None else f"{date(2026, 10, 5) + timedelta(days=fact.days)}"
        assert told == [(fact.name, "2026-10-05", until)]


@pytest.fixture(scope="module")
def words_told(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    keys = {f"{fact.name} {word}": word for fact in facts().values() for word in fact.words}
    return street_of(
        tmp_path_factory.mktemp("words"),
        enterprise=[{"record_key": key} for key in keys],
        finding=[
            found(f"Z {key}", "2026-10-05", detail=f"{word}一处", enterprise_key=key)
            for key, word in keys.items()
        ],
    )


def firm(state: str, key: str = "F1", **cells: Any) -> dict[str, Any]:
    return {"record_key": key, "enterprise_no": key, "name": key, "state": state} | cells


def known(street: Snapshot) -> dict[tuple[str, str], str]:
    with street.cursor() as cursor:
        rows = cursor.execute("select scheme, fact, known_from from fact_known order by all").fetchall()
    return {(scheme, fact): f"{day}" for scheme, fact, day in rows}
