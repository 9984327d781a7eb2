"""Ledgers of a few firms and shops in which everything that a three-colour rule reads is told, by dice."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from data.warehouse import Snapshot

Tables = dict[str, list[dict[str, Any]]]

BEGAN = date(2026, 3, 2)
FIRMS = tuple(f"QY-{n:02}" for n in range(1, 9))
SHOPS = tuple(f"SH-{n:02}" for n in range(1, 9))
BY_LOOK = (
    "select evaluation.enterprise_key, evaluation.scheme, evaluated_on, told.* exclude (evaluation_no)"
    " from {table} as told join colour_evaluation as evaluation using (evaluation_no) order by all"
)


def ledgers(seed: int = 1) -> Tables:
    """A street's ledgers from March to November 2026: every dimension of both schemes has evidence."""
    dice = random.Random(seed)

    def day(until: date = date(2026, 11, 20)) -> date:
        return BEGAN + timedelta(days=dice.randrange((until - BEGAN).days))

    told: Tables = {
        "enterprise": [
            {"enterprise_no": key, "record_key": key, "name": f"店{key}", "grid_code": "WG-0101"}
            | ({"subject_kind": "shop", "industry": "餐饮"} if key in SHOPS else {})
            for key in (*FIRMS, *SHOPS)
        ]
    }
    told["patrol_log"] = [
        {"patrol_no": f"X-{key}", "patrolled_at": f"{day(date(2026, 6, 1))} 09:00", "place": f"店{key}"}
        for key in (*FIRMS, *SHOPS)
    ]
    told["hazard"] = [_hazard(f"YH-{n:03}", dice.choice((*FIRMS, *SHOPS)), day(), dice) for n in range(60)]
    # the ledger of hazards tells of its first day on
    told["hazard"].append(_hazard("YH-BEGAN", FIRMS[0], BEGAN, dice))
    told["finding"] = [
        {
            "record_key": f"ZB-{n:03}",
            "enterprise_key": dice.choice(SHOPS),
            "found_on": day(),
            "detail": dice.choice(("垃圾分类不合格", "店外经营", "消防器材", "违规住人")),
            "result": dice.choice(("failed", "passed")),
        }
        for n in range(60)
    ] + [
        {
            "record_key": f"ZB-{word}",
            "enterprise_key": SHOPS[0],
            "found_on": BEGAN,
            "detail": word,
            "result": "passed",
        }
        for word in ("垃圾分类不合格", "店外经营")
    ]
    told["responsibility_letter"] = [
        {"enterprise_key": key, "signed_on": day(date(2026, 5, 1)), "record_key": f"L-{key}"}
        for key in FIRMS
        if dice.random() < 0.8
    ]
    told["danger_source"] = [
        {
            "enterprise_key": dice.choice(FIRMS),
            "source_name": f"危险源{n}",
            "record_key": f"D-{n}",
            "found_on": (began := day(date(2026, 8, 1))),
            "registered_on": dice.choice((None, began + timedelta(days=dice.randrange(1, 60)))),
        }
        for n in range(8)
    ]
    told["certificate"] = [
        {
            "enterprise_key": key,
            "record_key": f"C-{key}",
            "issued_on": "2025-01-05",
            "expires_on": day() + timedelta(days=60),
        }
        for key in SHOPS
    ]
    told["rating_override"] = [
        {
            "enterprise_key": FIRMS[1],
            "record_key": "O-1",
            "colour": "red",
            "from_on": "2026-09-10",
            "until_on": "2026-10-05",
        }
    ]
    return told


def _hazard(number: str, key: str, reported_on: date, dice: random.Random) -> dict[str, Any]:
    lasted = dice.choice((None, 3, 20, 45))
    return {
        "hazard_no": number,
        "record_key": number,
        "place": f"店{key}",
        "grid_code": "WG-0101",
        "level": "major" if dice.random() < 0.1 else "general",
        "kind": dice.choice(("消防", "电气")),
        "part": dice.choice(("仓库", "车间")),
        "reported_at": f"{reported_on} 09:00",
        "filed_at": f"{reported_on} 09:30",
        "due_at": f"{reported_on + timedelta(days=15)} 18:00",
        "closed_at": lasted and f"{reported_on + timedelta(days=lasted)} 10:00",
    }


def evaluations(street: Snapshot, before: str = "9999-12-31") -> list[tuple[Any, ...]]:
    """Every evaluation before a day, without its number."""
    with street.cursor() as cursor:
        return cursor.execute(
            "select * exclude (evaluation_no) from colour_evaluation"
            " where evaluated_on < cast($before as date) order by all",
            {"before": before},
        ).fetchall()


def fired(street: Snapshot) -> list[tuple[Any, ...]]:
    """Every item that fired, by subject and day."""
    with street.cursor() as cursor:
        return cursor.execute(BY_LOOK.format(table="evaluation_fired")).fetchall()


def facts(street: Snapshot) -> list[tuple[Any, ...]]:
    """Every fact that was not nought, by subject and day."""
    with street.cursor() as cursor:
        return cursor.execute(BY_LOOK.format(table="evaluation_fact")).fetchall()


def column(street: Snapshot, sql: str, given: Mapping[str, Any] | None = None) -> list[Any]:
    """The first column of what a question gives."""
    with street.cursor() as cursor:
        return [row[0] for row in cursor.execute(sql, given or {}).fetchall()]
