"""Invents a street's ledgers for a seed: every combination of a case's life that an office can write down."""

import random
from datetime import date, datetime, timedelta
from typing import Any

Row = dict[str, Any]

COMMUNITIES = dict.fromkeys(("WG-0101", "WG-0102"), "一号社区")
COMMUNITIES |= dict.fromkeys(("WG-0201", "WG-0202"), "二号社区")
START = datetime(2026, 10, 12)
AS_AT = datetime(2026, 11, 22, 18)


def cases(seed: int, count: int = 250) -> list[Row]:
    """Hazards of six weeks: on time, late, open, reworked, extended, suspended, void, reopened."""
    dice = random.Random(seed)
    rows: list[Row] = []
    # a dice of its own, so that the lives stay the same
    units = random.Random(seed)
    for number in range(count):
        reported = START + timedelta(minutes=dice.randrange(42 * 24 * 60))
        grid = dice.choice(list(COMMUNITIES))
        row: Row = {
            "hazard_no": f"YH-{number:04}",
            "grid_code": grid,
            "community": COMMUNITIES[grid],
            "level": dice.choice(["general", "general", "larger", "major", None]),
            "reported_at": reported,
            "has_filing": dice.random() < 0.9,
            "unit": units.choice(["城管中队", "市场所", "物业", None]),
        }
        _live(dice, row, reported)
        if rows and dice.random() < 0.15:
            row["reopen_of"] = dice.choice(rows)["hazard_no"]
        rows.append(row)
    return rows


def _live(dice: random.Random, row: Row, reported: datetime) -> None:
    if row["has_filing"] and dice.random() < 0.1:
        return
    filed = reported + timedelta(hours=dice.randrange(0, 30))
    if row["has_filing"]:
        row["filed_at"] = filed
    else:
        filed = reported
    if dice.random() < 0.1:
        row |= {"is_self_handled": True, "handled_at": filed, "closed_at": filed}
        return
    if dice.random() < 0.95:
        row["due_at"] = filed + timedelta(hours=dice.randrange(10, 200))
        if dice.random() < 0.15:
            row["extended_due_at"] = row["due_at"] + timedelta(hours=dice.randrange(-5, 120))
    if dice.random() < 0.1:
        row["is_suspended"] = True
    if dice.random() < 0.1:
        row["voided_at"] = filed + timedelta(hours=dice.randrange(0, 200))
    if dice.random() < 0.7:
        first = filed + timedelta(hours=dice.randrange(1, 250))
        handled = first
        if dice.random() < 0.2:
            handled = first + timedelta(hours=dice.randrange(1, 100))
            row["rework_count"] = dice.randrange(1, 4)
        if dice.random() < 0.8:
            row["handled_first_at"] = first
        if dice.random() < 0.9:
            row["handled_at"] = handled
        if dice.random() < 0.8:
            row["closed_at"] = handled + timedelta(hours=dice.randrange(0, 60))
        elif dice.random() < 0.3:
            row["status"] = "closed"


def visits(seed: int, count: int = 300) -> list[Row]:
    """Patrols of six weeks; some only pass by, some never say how long they stayed."""
    dice = random.Random(seed)
    rows = []
    for _ in range(count):
        grid = dice.choice(list(COMMUNITIES)[: dice.randrange(1, 5)])
        rows.append(
            {
                "grid_code": grid,
                "community": COMMUNITIES[grid],
                "patrolled_at": START + timedelta(minutes=dice.randrange(42 * 24 * 60)),
                "finding_count": dice.choice([0, 0, 0, 1, 2, None]),
                "contact_count": dice.choice([0, 3, 12, None]),
                "stay_minutes": dice.choice([1, 4, 5, 20, None]),
            }
        )
    return rows


def firms(seed: int, count: int = 30) -> list[Row]:
    """Enterprises and shops, a few of them gone."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        grid = dice.choice(list(COMMUNITIES))
        kind = dice.choice(["enterprise", "shop"])
        rows.append(
            {
                "record_key": f"F{number:02}",
                "enterprise_no": f"F{number:02}",
                "subject_kind": kind,
                "grid_code": grid,
                "community": COMMUNITIES[grid],
                "state": dice.choice(["营业", None, "停业", "已注销"]),
            }
        )
    return rows


def ratings(seed: int, firms: list[Row], count: int = 120) -> list[Row]:
    """Ratings of those firms under their own scheme, no two of a firm on one day; some firms have none."""
    dice = random.Random(seed)
    rated: dict[tuple[str, date], Row] = {}
    for _ in range(count):
        firm = dice.choice(firms[: len(firms) * 3 // 4])
        day = START.date() + timedelta(days=dice.randrange(42))
        rated[(firm["record_key"], day)] = {
            "enterprise_key": firm["record_key"],
            "scheme": firm["subject_kind"],
            "rated_on": day,
            "colour": dice.choice(["green", "yellow", "red", "red"]),
        }
    return list(rated.values())
