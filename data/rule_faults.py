"""What may be wrong in a three-colour rule file, each fault said in Chinese with the place it stands at."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from data.colouring.catalogue import facts

Told = Mapping[str, Any]
COLOURS = ("green", "yellow", "red")
VISITED = (*COLOURS, "unrated")
TRIGGERS = ("veto_fact_changed", "hazard_closed", "hazard_overdue", "business_status_changed")
STATES = ("closed_long", "vacant")
# What deductions must be able to cost of a dimension's points, so that nobody keeps what is wholly lost.
COVERED = 0.9


def faults(told: Told) -> list[str]:
    """Every fault of a rule as read from TOML; an empty list where there is none.

    What cannot be read further is told alone: a dimension's sum means nothing while its points are missing.
    """
    shape = [
        *_scheme(told),
        *_colours(told),
        *_items(told),
        *_hysteresis(told),
        *_days(told),
        *_unrated(told),
    ]
    return shape or [*_names(told), *_told_twice(told), *_sums(told)]


def _scheme(told: Told) -> Iterator[str]:
    scheme = _table(told, "scheme")
    if scheme.get("object") not in ("enterprise", "shop"):
        yield '[scheme] 的 object 应是 "enterprise"（企业）或 "shop"（商户）'
    for name, meaning in (("name_zh", "名称"), ("version", "版本")):
        if not isinstance(scheme.get(name), str) or not str(scheme.get(name)).strip():
            yield f"[scheme] 缺 {name}（{meaning}）"
    start = scheme.get("effective_from")
    if not isinstance(start, date) or isinstance(start, datetime):
        yield "[scheme] 的 effective_from（生效日期）应写成 2026-12-01 这样的日期，不加引号"
    if not isinstance(scheme.get("approved_by", ""), str):
        yield "[scheme] 的 approved_by（批准文号）应是文字，未批准时留空"
    if not _is_whole(scheme.get("max_score", 100), 1):
        yield "[scheme] 的 max_score（满分）应是 1 以上的整数"


def _colours(told: Told) -> Iterator[str]:
    listed = _list(told, "colour")
    floors: dict[Any, Any] = {each.get("id"): each.get("min_score") for each in listed}
    if [each.get("id") for each in listed] != list(COLOURS):
        yield "[[colour]] 应依次是 green、yellow、red 三项，从优到劣；红在这里恒为最差"
    elif not all(_is_whole(floor, 0) for floor in floors.values()):
        yield "[[colour]] 的 min_score（下限）应是 0 以上的整数"
    elif not floors["green"] > floors["yellow"] > floors["red"] == 0:
        yield f"[[colour]] 的 min_score 应从高到低、红为 0，现在是 {list(floors.values())}"


def _items(told: Told) -> Iterator[str]:
    known = facts()
    dimensions = {each.get("id") for each in _list(told, "dimension")}
    if not dimensions:
        yield "没有 [[dimension]]（维度）"
    for each in _list(told, "dimension"):
        if not each.get("id") or not each.get("name_zh") or not _is_whole(each.get("points"), 1):
            yield f"[[dimension]] {each.get('id', '（无 id）')} 应有 id、name_zh 和 1 以上的整数 points"
    if not _list(told, "deduct"):
        yield "没有 [[deduct]]（扣分项）"
    for each in _list(told, "deduct"):
        where = f"扣分项 {each.get('id', '（无 id）')}"
        if not each.get("id") or not each.get("reason"):
            yield f"{where} 应有 id 和 reason（扣分说明）"
        if each.get("dimension") not in dimensions:
            yield f"{where} 的 dimension「{each.get('dimension')}」不在 [[dimension]] 里"
        if not _is_whole(each.get("per"), 1) or not _is_whole(each.get("cap"), 1):
            yield f"{where} 的 per（每处扣分）和 cap（最多扣分）应是 1 以上的整数"
        elif each["cap"] < each["per"]:
            yield f"{where} 的 cap（最多扣分 {each['cap']}）小于 per（每处扣分 {each['per']}）"
    for each in _list(told, "veto"):
        where = f"否决项 {each.get('id', '（无 id）')}"
        if each.get("colour") not in ("yellow", "red"):
            yield f'{where} 的 colour 应是 "red"（一票否决）或 "yellow"（封顶黄色）'
        if each.get("op", ">=") != ">=" or not _is_whole(each.get("value", 1), 1):
            yield f'{where} 只认 op = ">=" 和 1 以上的整数 value'
        if not each.get("id") or not each.get("reason") or not each.get("release"):
            yield f"{where} 应有 id、reason（理由）和 release（解除条件）"
    for kind, each in [("扣分项", each) for each in _list(told, "deduct")] + [
        ("否决项", each) for each in _list(told, "veto")
    ]:
        if each.get("fact") not in known:
            where = f"{kind} {each.get('id')} 的 fact「{each.get('fact')}」"
            yield f"{where}不认识，可用的事实见 data/reference/three_colour/facts.toml"


def _hysteresis(told: Told) -> Iterator[str]:
    back = _table(told, "hysteresis")
    if not back:
        yield "没有 [hysteresis]（升降级与观察期）"
        return
    if back.get("downgrade", "immediate") != "immediate" or back.get("upgrade_one_level", True) is not True:
        yield (
            '[hysteresis] 只认降级立即生效（downgrade = "immediate"）、升级一次一级'
            "（upgrade_one_level = true）"
        )
    for name, meaning, least in (
        ("upgrade_margin", "升级须高出下限的分数", 0),
        ("upgrade_consecutive", "升级须连续合格的次数", 1),
        ("probation_days", "由红升黄后的观察期天数", 0),
    ):
        if not _is_whole(back.get(name), least):
            yield f"[hysteresis] 的 {name}（{meaning}）应是 {least} 以上的整数"
    dwell = back.get("min_dwell_days", {})
    if not isinstance(dwell, dict) or not all(_is_whole(dwell.get(name), 0) for name in ("red", "yellow")):
        yield "[hysteresis] 的 min_dwell_days（最短停留天数）应给出 red 和 yellow 两个 0 以上的整数"
    if back.get("relapse_in_probation", "") not in ("", "red_double_dwell"):
        yield '[hysteresis] 的 relapse_in_probation 只认 "red_double_dwell"（停留期加倍）或留空'


def _days(told: Told) -> Iterator[str]:
    intervals = _table(told, "visit_interval_days")
    for name in VISITED:
        if not _is_whole(intervals.get(name), 1):
            yield f"[visit_interval_days] 的 {name}（走访间隔天数）应是 1 以上的整数"
    evaluation = _table(told, "evaluation")
    if evaluation.get("cadence", "monthly") != "monthly":
        yield '[evaluation] 的 cadence 只认 "monthly"（每月）'
    day = evaluation.get("day_of_month", 1)
    if not _is_whole(day, 1) or day > 28:
        yield "[evaluation] 的 day_of_month（每月评定日）应是 1 到 28"
    for each in evaluation.get("event_triggers", []):
        if each not in TRIGGERS:
            yield f"[evaluation] 的 event_triggers 里「{each}」不认识，可用 {'、'.join(TRIGGERS)}"
    upward = told.get("escalation")
    if upward is not None:
        if not _is_whole(_table(told, "escalation").get("yellow_overdue_days"), 1):
            yield "[escalation] 的 yellow_overdue_days（黄色拖延天数）应是 1 以上的整数"
        if _table(told, "escalation").get("to", "red") != "red" or not upward.get("reason"):
            yield '[escalation] 应有 reason（理由），to 只能是 "red"'
        if upward.get("fact", "overdue_hazards") not in facts():
            yield f"[escalation] 的 fact「{upward.get('fact')}」不认识"


def _unrated(told: Told) -> Iterator[str]:
    unrated = _table(told, "unrated")
    if "stale_after_days" in unrated and not _is_whole(unrated["stale_after_days"], 1):
        yield "[unrated] 的 stale_after_days（数据过期天数）应是 1 以上的整数"
    for each in unrated.get("when_business_status", []):
        if each not in STATES:
            yield f"[unrated] 的 when_business_status 里「{each}」不认识，可用 {'、'.join(STATES)}"


def _names(told: Told) -> Iterator[str]:
    for kind, key in (("维度", "dimension"), ("扣分项和否决项", "deduct")):
        listed = [each["id"] for each in _list(told, key)]
        listed += [each["id"] for each in _list(told, "veto")] if key == "deduct" else []
        for name, times in Counter(listed).items():
            if times > 1:
                yield f"{kind}的 id「{name}」用了 {times} 次，每个只能用一次"


def _told_twice(told: Told) -> Iterator[str]:
    """A fact that costs points in two places could not be put right once for all."""
    for fact, times in Counter(each["fact"] for each in _list(told, "deduct")).items():
        if times > 1:
            yield f"事实「{fact}」有 {times} 个扣分项，同一事实只能扣一次"


def _sums(told: Told) -> Iterator[str]:
    scheme, dimensions = told["scheme"], _list(told, "dimension")
    full = scheme.get("max_score", 100)
    points = {each["id"]: each["points"] for each in dimensions}
    if sum(points.values()) != full:
        yield f"各维度 points 之和是 {sum(points.values())}，应等于满分 {full}"
    floors = {each["id"]: each["min_score"] for each in told["colour"]}
    if floors["green"] > full:
        yield f"绿色下限 {floors['green']} 高于满分 {full}"
    if floors["green"] + told["hysteresis"]["upgrade_margin"] > full:
        margin = told["hysteresis"]["upgrade_margin"]
        yield f"绿色下限 {floors['green']} 加升级余量 {margin} 高于满分 {full}，谁也升不了绿"
    for each in dimensions:
        caps = sum(item["cap"] for item in _list(told, "deduct") if item["dimension"] == each["id"])
        if caps < COVERED * each["points"]:
            yield f"维度「{each['name_zh']}」{each['points']} 分，扣分项最多只能扣 {caps} 分，应不少于九成"
        alone = each.get("alone_worst")
        if alone is not None and alone not in COLOURS:
            yield f'维度「{each["name_zh"]}」的 alone_worst 应是 "green"、"yellow" 或 "red"'
        elif alone is not None and full - each["points"] < floors[alone]:
            left = full - each["points"]
            yield (
                f"维度「{each['name_zh']}」单独扣满剩 {left} 分，低于 {alone} 的下限 {floors[alone]}，"
                "与 alone_worst 不符"
            )


def _is_whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _table(told: Told, name: str) -> dict[str, Any]:
    found = told.get(name, {})
    return found if isinstance(found, dict) else {}


def _list(told: Told, name: str) -> list[dict[str, Any]]:
    found = told.get(name, [])
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
