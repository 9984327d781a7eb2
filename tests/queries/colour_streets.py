"""Invents a street whose ledgers tell every dimension of both schemes: its colours follow from rules."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from data.colouring.catalogue import facts
from tests.queries.streets import COMMUNITIES, Row

Tables = dict[str, Any]

BEGAN, LAST = date(2026, 2, 2), date(2026, 11, 29)
BUILT_AT = f"{LAST} 23:30"
AS_AT = datetime(2026, 11, 22, 18)
COUNT = 30
FIRMS = tuple(f"QY-{n:02}" for n in range(COUNT))
SHOPS = tuple(f"SH-{n:02}" for n in range(COUNT))
STATES = (None, None, None, None, "营业", "营业", "停业", "已注销", "空铺")
WORDS = tuple(word for fact in facts().values() for word in fact.words)


def tables(seed: int) -> Tables:
    """Firms and shops, some of one credit code, and all their ledgers up to LAST."""
    dice = random.Random(seed)
    firms = [_subject(dice, number, key) for key in (*FIRMS, *SHOPS) for number in [int(key[3:])]]
    return {
        "enterprise": firms,
        "patrol_log": [_visit(dice, dice.choice(firms)) for _ in range(150)],
        "hazard": list(_hazards(dice, firms)),
        "finding": list(_findings(dice)),
        "public_report": [_report(dice, dice.choice(firms)) for _ in range(40)],
        "responsibility_letter": list(_letters(dice)),
        "drill": [
            {"enterprise_key": key, "held_on": _day(dice), "record_key": f"YL-{key}"}
            for key in dice.sample(FIRMS, COUNT // 2)
        ],
        "self_check": [
            {
                "enterprise_key": key,
                "due_on": (due := _day(dice)),
                "checked_on": dice.choice((None, due, due + timedelta(days=9))),
                "record_key": f"ZC-{key}-{number}",
            }
            for key in FIRMS
            for number in range(3)
        ],
        "danger_source": list(_sources(dice)),
        "certificate": [
            {
                "enterprise_key": key,
                "record_key": f"ZZ-{key}-{kind}",
                "certificate_kind": kind,
                "issued_on": BEGAN,
                "expires_on": dice.choice((None, _day(dice), date(2027, 6, 1))),
                "is_displayed": dice.random() < 0.8,
            }
            for key in SHOPS
            for kind in ("营业执照", "食品经营许可证")
        ],
        "gas_guard": [
            {
                "enterprise_key": key,
                "record_key": f"RQ-{key}-{layer}-{number}",
                "layer": layer,
                "checked_on": BEGAN + timedelta(days=90 * number + dice.randrange(90)),
                "is_ok": dice.random() < 0.985,
            }
            for key in SHOPS[::2]
            for layer in ("报警器", "切断阀", "金属软管")
            for number in range(3)
        ],
        "enforcement": [
            {
                "enterprise_key": key,
                "record_key": f"CF-{key}",
                "began_on": (began := _day(dice)),
                "ended_on": began + timedelta(days=20),
            }
            for key in dice.sample(FIRMS, 2)
        ],
        "rating": list(_ratings(dice)),
        "rating_override": [
            {
                "enterprise_key": key,
                "record_key": f"TZ-{key}",
                "scheme": "enterprise" if key in FIRMS else "shop",
                "colour": dice.choice(("green", "yellow", "red")),
                "from_on": (began := date(2026, 11, 22) - timedelta(days=dice.randrange(25))),
                "until_on": began + timedelta(days=dice.randrange(15, 31)),
            }
            for key in (*FIRMS[5:8], *SHOPS[5:8])
        ],
    }


def _day(dice: random.Random) -> date:
    return BEGAN + timedelta(days=dice.randrange((LAST - BEGAN).days))


def _subject(dice: random.Random, number: int, key: str) -> Row:
    grid = dice.choice(list(COMMUNITIES))
    is_shop = key in SHOPS
    return {
        "record_key": key,
        "enterprise_no": key,
        "name": f"店{key}",
        "subject_kind": "shop" if is_shop else "enterprise",
        # the first fifteen are a firm and a shop of one owner each
        "uscc": f"91330000MA{number:08}" if number < 15 else f"92330000{key}",
        "grid_code": grid,
        "community": COMMUNITIES[grid],
        "industry": dice.choice(("餐饮", "五金", "美发", None)),
        "district": dice.choice(("临江夜市", "织云路", None)) if is_shop else None,
        "park": None if is_shop else dice.choice(("城南小微园", "百工园", None)),
        "inherent_risk": dice.choice(("red", "orange", "yellow", "blue", None)),
        "responsible_post": dice.choice(("应急岗", "网格长", None)),
        "has_safety_officer": None if is_shop else dice.random() < 0.8,
        "state": (state := dice.choice(STATES)),
        "updated_at": datetime(2026, 10, 5, 9) if state in ("停业", "空铺") else None,
    }


def _visit(dice: random.Random, firm: Row) -> Row:
    return _at(firm) | {
        "patrolled_at": datetime.combine(_day(dice), datetime.min.time()) + timedelta(hours=9),
        "stay_minutes": dice.choice((2, 10, 20, None)),
    }


def _at(firm: Row) -> Row:
    return {name: firm[name] for name in ("grid_code", "community")} | {"place": firm["name"]}


def _hazards(dice: random.Random, firms: list[Row]) -> Iterator[Row]:
    for number in range(140):
        # the ledger of hazards begins on the first day
        filed = datetime.combine(BEGAN if number == 0 else _day(dice), datetime.min.time()) + timedelta(
            hours=9
        )
        due = filed + timedelta(days=dice.randrange(3, 20), hours=dice.randrange(9))
        handled = filed + timedelta(days=dice.randrange(0, 14), hours=dice.randrange(9))
        row: Row = _at(dice.choice(firms)) | {
            "hazard_no": f"YH-{number:03}",
            "reported_at": filed,
            "filed_at": filed,
            "due_at": due,
            "level": "major" if dice.random() < 0.04 else "general",
            "kind": dice.choice(("消防", "电气")),
            "part": dice.choice(("仓库", "车间", None)),
        }
        if dice.random() < 0.94:
            row["handled_at"] = handled
            if dice.random() < 0.95:
                row["closed_at"] = handled + timedelta(days=dice.randrange(0, 6))
            if dice.random() < 0.1:
                row["rework_count"] = dice.randrange(1, 3)
        if dice.random() < 0.1:
            row["extended_due_at"] = due + timedelta(days=7)
        if dice.random() < 0.05:
            row["voided_at"] = filed + timedelta(days=dice.randrange(30))
        row["is_suspended"] = dice.random() < 0.05
        row["is_self_handled"] = dice.random() < 0.03
        yield row
    for number in range(20):
        yield _at(dice.choice(firms)) | {
            "hazard_no": f"YH-NEAR-{number:02}",
            "reported_at": "2026-11-20 09:00",
            "filed_at": "2026-11-20 09:00",
            "due_at": datetime(2026, 11, 22, 12) + timedelta(days=dice.randrange(10)),
            "handled_at": dice.choice((None, None, datetime(2026, 11, 21, 9), datetime(2026, 11, 23, 9))),
        }


def _findings(dice: random.Random) -> Iterator[Row]:
    for number in range(160):
        key = SHOPS[number % COUNT] if number < COUNT else dice.choice((*FIRMS, *SHOPS, *SHOPS))
        yield {
            "record_key": f"ZB-{number:03}",
            "enterprise_key": key,
            "found_on": BEGAN if number < COUNT else _day(dice),
            "detail": dice.choice(WORDS),
            "result": "passed"
            if number < COUNT
            else dice.choice(("passed", "passed", "passed", "failed", "partial", None)),
            "fault_count": dice.choice((None, None, 1, 2)),
        }


def _report(dice: random.Random, firm: Row) -> Row:
    return _at(firm) | {
        "reported_at": datetime.combine(_day(dice), datetime.min.time()) + timedelta(hours=21),
        "kind": dice.choice(("油烟", "噪声", "占道")),
        "is_valid": dice.choice((True, True, False, None)),
    }


def _letters(dice: random.Random) -> Iterator[Row]:
    for key in FIRMS:
        signed = BEGAN if key == FIRMS[0] else _day(dice)
        if dice.random() < 0.85 or key == FIRMS[0]:
            yield {
                "enterprise_key": key,
                "record_key": f"ZR-{key}",
                "signed_on": signed,
                "valid_until_on": dice.choice((None, signed + timedelta(days=90))),
                "is_posted": dice.choice((True, None, True, False)),
            }


def _sources(dice: random.Random) -> Iterator[Row]:
    for number in range(20):
        found = BEGAN if number == 0 else _day(dice)
        fault = dice.choice((None, found + timedelta(days=30)))
        yield {
            "enterprise_key": dice.choice(FIRMS),
            "record_key": f"WX-{number:02}",
            "source_name": f"危险源{number}",
            "found_on": found,
            "registered_on": dice.choice((None, found, found + timedelta(days=20))),
            "fault_on": fault,
            "fixed_on": dice.choice((None, fault and fault + timedelta(days=12))),
        }


def _ratings(dice: random.Random) -> Iterator[Row]:
    """Every month a third of the firms and shops; the first three firms under both schemes."""
    for month in range(1, 12):
        for key in dice.sample((*FIRMS, *SHOPS), 2 * COUNT // 3):
            schemes = ["enterprise"] if key in FIRMS else ["shop"]
            if key in FIRMS[:3]:
                schemes.append("shop")
            for scheme in schemes:
                yield {
                    "enterprise_key": key,
                    "record_key": f"PD-{key}-{scheme}-{month}",
                    "scheme": scheme,
                    "rated_on": date(2026, month, dice.choice((1, 1, 1, 15))),
                    "colour": dice.choice(("green", "green", "yellow", "red")),
                    "score": float(dice.randrange(40, 101)),
                    "reason": "会议评定",
                }
