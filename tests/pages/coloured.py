"""A small street whose colours are worked out by rule: firms and shops, each with a story."""

from pathlib import Path
from typing import Any

from data.warehouse import Snapshot
from tests.builders import street_of
from tests.pages.street import GRIDS

# Who is what on 2026-11-22, by the shipped drafts.
RED, YELLOW, EDGE, CLEAN, UNSEEN = "QY-001", "QY-002", "QY-003", "QY-004", "QY-005"
RED_SHOP, GREEN_SHOP, CLOSED_SHOP = "SH-001", "SH-002", "SH-003"
FIRMS = (RED, YELLOW, EDGE, CLEAN, UNSEEN)
SHOPS = (RED_SHOP, GREEN_SHOP, CLOSED_SHOP)
NAMES = {
    RED: "红石化工有限公司",
    YELLOW: "黄山机械有限公司",
    EDGE: "边城纺织有限公司",
    CLEAN: "青松电子有限公司",
    UNSEEN: "无人到过有限公司",
    RED_SHOP: "老街火锅店",
    GREEN_SHOP: "街角书店",
    CLOSED_SHOP: "关门面馆",
}
Rows = list[dict[str, Any]]


def coloured_street(folder: Path) -> Snapshot:
    """A warehouse in `folder` holding the street, loaded on 2026-11-22 at 18:00."""
    return street_of(
        folder,
        at="2026-11-22 18:00",
        grid=GRIDS,
        enterprise=[_subject(key, nth) for nth, key in enumerate((*FIRMS, *SHOPS))],
        patrol_log=[_visit(key, nth) for nth, key in enumerate((*FIRMS, *SHOPS)) if key != UNSEEN],
        hazard=[
            _hazard("YH-9001", RED, "2026-09-20", "2026-10-20", level="major"),
            _hazard("YH-9002", YELLOW, "2026-10-08", "2026-10-15", level="general"),
            _hazard("YH-9003", CLEAN, "2026-11-19", "2026-11-25", level="general"),
            _hazard("YH-9004", RED_SHOP, "2026-11-01", "2026-11-05", level="general"),
        ],
        responsibility_letter=[
            {"enterprise_key": key, "signed_on": "2026-03-02", "is_posted": True, "record_key": f"ZR-{key}"}
            for key in FIRMS
            if key != EDGE
        ],
        danger_source=[
            {
                "enterprise_key": key,
                "source_name": "配电房",
                "found_on": "2026-03-02",
                "registered_on": "2026-03-02",
                "record_key": f"WX-{key}",
            }
            for key in FIRMS
        ],
        finding=[
            *_looks(EDGE, ("2026-11-02", "安全例会、培训缺席", "failed")),
            *(
                look
                for word in ("垃圾分类不合格", "店外经营", "经营者变更未登记")
                for look in _looks(GREEN_SHOP, ("2026-03-02", word, "passed"))
            ),
        ],
        certificate=[
            {
                "enterprise_key": key,
                "certificate_kind": "营业执照",
                "issued_on": "2026-01-05",
                "expires_on": "2030-01-04",
                "is_displayed": True,
                "record_key": f"ZZ-{key}",
            }
            for key in SHOPS
        ],
        gas_guard=[
            {
                "enterprise_key": RED_SHOP,
                "checked_on": "2026-10-10",
                "layer": layer,
                "is_ok": layer != "金属软管",
                "record_key": f"RQ-{layer}",
            }
            for layer in ("报警器", "自动切断阀", "金属软管", "燃烧器熄火保护", "可燃气体浓度巡检")
        ],
        shop_need=[
            {
                "enterprise_key": RED_SHOP,
                "raised_on": "2026-11-01",
                "need_kind": "用工",
                "detail": "晚市帮厨",
                "record_key": "XQ-1",
            }
        ],
        shop_resource=[
            {
                "enterprise_key": GREEN_SHOP,
                "offered_on": "2026-10-01",
                "resource_kind": "用工",
                "detail": "钟点工两名",
                "record_key": "ZY-1",
            }
        ],
        rating=[
            {"enterprise_key": YELLOW, "rated_on": "2026-11-01", "colour": "green", "reason": "会议评定"},
        ],
    )


def _subject(key: str, nth: int) -> dict[str, Any]:
    grid = GRIDS[nth % len(GRIDS)]
    return {
        "enterprise_no": key,
        "record_key": key,
        "name": NAMES[key],
        "subject_kind": "shop" if key in SHOPS else "enterprise",
        "industry": "餐饮" if key in (RED_SHOP, CLOSED_SHOP) else "零售" if key in SHOPS else "制造",
        "district": "老街" if key in SHOPS else None,
        "park": None if key in SHOPS else "一号园",
        "state": "停业" if key == CLOSED_SHOP else "营业",
        "has_safety_officer": key not in (EDGE, *SHOPS),
        "responsible_post": "应急管理站站长" if key == RED else None,
        "inherent_risk": "red" if key == CLEAN else "blue",
        "grid_code": grid["grid_code"],
        "community": grid["community"],
        "lon": 100.203 + nth % 3 * 0.006,
        "lat": 36.902 + nth // 3 % 2 * 0.005,
    }


def _visit(key: str, nth: int) -> dict[str, Any]:
    grid = GRIDS[nth % len(GRIDS)]
    return {
        "patrol_no": f"XC-{key}",
        "patrolled_at": "2026-09-01 09:00",
        "place": NAMES[key],
        "grid_code": grid["grid_code"],
        "community": grid["community"],
        "stay_minutes": 20,
    }


def _hazard(number: str, key: str, filed: str, due: str, level: str) -> dict[str, Any]:
    grid = GRIDS[(*FIRMS, *SHOPS).index(key) % len(GRIDS)]
    return {
        "hazard_no": number,
        "reported_at": f"{filed} 09:00",
        "filed_at": f"{filed} 10:00",
        "due_at": f"{due} 23:59:59",
        "level": level,
        "kind": "危险化学品",
        "part": "仓库",
        "place": NAMES[key],
        "grid_code": grid["grid_code"],
        "community": grid["community"],
    }


def _looks(key: str, *told: tuple[str, str, str]) -> Rows:
    return [
        {"enterprise_key": key, "found_on": day, "indicator": "核查", "detail": word, "result": result,
         "record_key": f"HC-{key}-{word}-{day}"}
        for day, word, result in told
    ]  # fmt: skip
