"""The small street the page tests look at: two communities, six grids, thirteen weeks of hazards."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from data.warehouse import Snapshot
from tests.builders import street_of

TODAY = datetime(2026, 11, 22)
COMMUNITIES = ("柳岸社区", "望湖社区")


def square(nth: int) -> str:
    """The polygon of the n-th grid: two rows of three squares, each about 500 m wide."""
    west, south = 100.2 + nth % 3 * 0.006, 36.9 + nth // 3 * 0.005
    east, north = west + 0.006, south + 0.005
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [corners]})


GRIDS = [
    {
        "grid_code": f"WG-0{1 + nth // 3}0{1 + nth % 3}",
        "grid_name": f"第{1 + nth % 3}网格",
        "community": COMMUNITIES[nth // 3],
        "polygon": square(nth),
    }
    for nth in range(6)
]


def small_street(folder: Path) -> Snapshot:
    """A warehouse in `folder` holding the street, loaded on 2026-11-22 at 18:00."""
    return street_of(
        folder,
        at="2026-11-22 18:00",
        grid=GRIDS,
        enterprise=[_firm(nth) for nth in range(24)],
        hazard=[_hazard(nth) for nth in range(260)],
        patrol_log=[_patrol(nth) for nth in range(180)],
        rating=[_rating(nth, weeks) for nth in range(24) for weeks in (5, 1)],
        rejected=[
            {
                "row": 5,
                "heading": "发现日期",
                "value": "2026/13/1",
                "reason": "date_invalid",
                "message": "第5行「发现日期」是「2026/13/1」，应为日期，如 2026-11-22",
            }
        ],
    )


def _at(nth: int) -> dict[str, Any]:
    grid = GRIDS[nth % len(GRIDS)]
    return {"grid_code": grid["grid_code"], "community": grid["community"]}


def _hazard(nth: int) -> dict[str, Any]:
    """Three a day over thirteen weeks; every fifth is handled late, every thirteenth is still open."""
    reported_at = TODAY + timedelta(hours=17 - 8 * nth)
    handled_at = reported_at + timedelta(days=5 if nth % 5 == 0 else 2)
    row = {
        **_at(nth * 7),
        "hazard_no": f"YH-{nth:04}",
        "reported_at": reported_at,
        "filed_at": reported_at,
        "due_at": reported_at + timedelta(days=3),
        "level": "major" if nth % 40 == 0 else "general",
        "kind": ("消防通道堵塞", "电线私拉乱接", "违规住人")[nth % 3],
    }
    if nth % 13 and handled_at < TODAY:
        row |= {"handled_at": handled_at, "closed_at": handled_at + timedelta(hours=6)}
    return row


def _patrol(nth: int) -> dict[str, Any]:
    return {
        **_at(nth),
        "patrol_no": f"XC-{nth:04}",
        "patrolled_at": TODAY + timedelta(hours=10) - timedelta(hours=12 * nth),
        "finding_count": nth % 3,
    }


def _firm(nth: int) -> dict[str, Any]:
    return {
        **_at(nth),
        "enterprise_no": f"QY-{nth:03}",
        "name": f"{'企业' if nth % 2 else '商铺'}{nth}号",
        "subject_kind": "enterprise" if nth % 2 else "shop",
    }


def _rating(nth: int, weeks: int) -> dict[str, Any]:
    colours = ("green", "green", "yellow", "green", "red", "yellow")
    return {
        "enterprise_key": f"QY-{nth:03}",
        "scheme": "enterprise" if nth % 2 else "shop",
        "rated_on": (TODAY - timedelta(weeks=weeks)).date(),
        "colour": colours[(nth + weeks) % len(colours)],
    }
