"""What every cell of a three-colour rule file must be, each fault said in Chinese with its place."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from data.colouring.catalogue import facts

Told = Mapping[str, Any]
COLOURS = ("green", "yellow", "red")
VISITED = (*COLOURS, "unrated")
TRIGGERS = ("veto_fact_changed", "hazard_closed", "hazard_overdue", "business_status_changed")
STATES = ("closed_long", "vacant")
# More points, days and times than any rule has.
MOST = 10_000
# A word that nothing reads would be a mistake nobody sees.
KNOWN = {
    "scheme": "id name_zh object version effective_from approved_by supersedes max_score timezone",
    "colour": "id name_zh min_score mark",
    "unrated": "id name_zh mark when_no_visit_ever when_dimension_without_evidence when_business_status"
    " stale_after_days",
    "dimension": "id name_zh points manual alone_worst",
    "deduct": "id dimension fact per cap reason",
    "veto": "id fact op value colour reason release",
    "escalation": "fact yellow_overdue_days to reason",
    "hysteresis": "downgrade upgrade_one_level upgrade_margin upgrade_consecutive min_dwell_days"
    " probation_days relapse_in_probation",
    "visit_interval_days": " ".join(VISITED),
    "admin_inspection": "schedule_from_colour",
    "evaluation": "cadence day_of_month event_triggers appeal_working_days override",
}
LISTED = ("colour", "dimension", "deduct", "veto")
# What the program does whatever a rule says: a rule may repeat it, not change it.
FIXED: tuple[tuple[str, str, object, str], ...] = (
    ("scheme", "timezone", "Asia/Shanghai", '"Asia/Shanghai"'),
    ("hysteresis", "downgrade", "immediate", '"immediate"（降级立即生效）'),
    ("hysteresis", "upgrade_one_level", True, "true（升级一次一级）"),
    ("admin_inspection", "schedule_from_colour", False, "false（行政检查不按颜色安排）"),
    ("evaluation", "cadence", "monthly", '"monthly"（每月）'),
    (
        "evaluation",
        "override",
        {"allowed": True, "two_person": True, "max_days": 30, "reason_required": True},
        "{ allowed = true, two_person = true, max_days = 30, reason_required = true }",
    ),
    ("escalation", "to", "red", '"red"'),
)


def cell_faults(told: Told) -> list[str]:
    """Every cell that is missing, unknown or not of its kind."""
    sections = (
        _unknown,
        _fixed,
        _scheme,
        _colours,
        _dimensions,
        _deductions,
        _vetoes,
        _hysteresis,
        _days,
        _unrated,
    )
    return [fault for section in sections for fault in section(told)]


def listed(told: Told, name: str) -> list[dict[str, Any]]:
    """The tables of a [[name]]."""
    found = told.get(name, [])
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _unknown(told: Told) -> Iterator[str]:
    for name, section in told.items():
        if name not in KNOWN:
            yield f"[{name}] 不认识，请删去或改正"
            continue
        heading = f"[[{name}]]" if name in LISTED else f"[{name}]"
        tables = section if isinstance(section, list) else [section]
        if isinstance(section, list) != (name in LISTED) or not all(
            isinstance(each, dict) for each in tables
        ):
            yield f"{name} 应写成 {heading} 开头的一节"
            continue
        for key in dict.fromkeys(key for each in tables for key in each):
            if key not in KNOWN[name].split():
                yield f"{heading} 里的「{key}」不认识，可用 {'、'.join(KNOWN[name].split())}"


def _fixed(told: Told) -> Iterator[str]:
    for name, key, value, said in FIXED:
        if _table(told, name).get(key, value) != value:
            yield f"[{name}] 的 {key} 只认 {said}"


def _scheme(told: Told) -> Iterator[str]:
    scheme = _table(told, "scheme")
    if scheme.get("object") not in ("enterprise", "shop"):
        yield '[scheme] 的 object 应是 "enterprise"（企业）或 "shop"（商户）'
    for name, meaning in (("name_zh", "名称"), ("version", "版本")):
        if not _is_text(scheme.get(name)):
            yield f"[scheme] 缺 {name}（{meaning}）"
    start = scheme.get("effective_from")
    if not isinstance(start, date) or isinstance(start, datetime):
        yield "[scheme] 的 effective_from（生效日期）应写成 2026-12-01 这样的日期，不加引号"
    if not isinstance(scheme.get("approved_by", ""), str):
        yield "[scheme] 的 approved_by（批准文号）应是文字，未批准时留空"
    if not _is_whole(scheme.get("max_score", 100), 1):
        yield f"[scheme] 的 max_score（满分）{_whole(1)}"


def _colours(told: Told) -> Iterator[str]:
    tables = listed(told, "colour")
    floors: list[Any] = [each.get("min_score") for each in tables]
    if [each.get("id") for each in tables] != list(COLOURS):
        yield "[[colour]] 应依次是 green、yellow、red 三项，从优到劣；红在这里恒为最差"
    elif not all(_is_whole(floor, 0) for floor in floors):
        yield f"[[colour]] 的 min_score（下限）{_whole(0)}"
    elif not floors[0] > floors[1] > floors[2] == 0:
        yield f"[[colour]] 的 min_score 应从高到低、红为 0，现在是 {floors}"


def _dimensions(told: Told) -> Iterator[str]:
    tables = listed(told, "dimension")
    if not tables:
        yield "没有 [[dimension]]（维度）"
    for each in tables:
        where = f"维度 {each.get('id', '（无 id）')}"
        if not _is_text(each.get("id")) or not _is_text(each.get("name_zh")):
            yield f"{where} 应有 id 和 name_zh（名称）"
        if not _is_whole(each.get("points"), 1):
            yield f"{where} 的 points（分数）{_whole(1)}"
        if not isinstance(each.get("manual", False), bool):
            yield f"{where} 的 manual（人工认定）应是 true 或 false"
        if each.get("alone_worst", "green") not in COLOURS:
            yield f'{where} 的 alone_worst 应是 "green"、"yellow" 或 "red"'


def _deductions(told: Told) -> Iterator[str]:
    dimensions = [each.get("id") for each in listed(told, "dimension")]
    tables = listed(told, "deduct")
    if not tables:
        yield "没有 [[deduct]]（扣分项）"
    for each in tables:
        where = f"扣分项 {each.get('id', '（无 id）')}"
        if not _is_text(each.get("id")) or not _is_text(each.get("reason")):
            yield f"{where} 应有 id 和 reason（扣分说明）"
        if each.get("dimension") not in dimensions:
            yield f"{where} 的 dimension「{each.get('dimension')}」不在 [[dimension]] 里"
        if not _is_whole(each.get("per"), 1) or not _is_whole(each.get("cap"), 1):
            yield f"{where} 的 per（每处扣分）和 cap（最多扣分）{_whole(1)}"
        elif each["cap"] < each["per"]:
            yield f"{where} 的 cap（最多扣分 {each['cap']}）小于 per（每处扣分 {each['per']}）"
        yield from _fact(where, each.get("fact"))


def _vetoes(told: Told) -> Iterator[str]:
    for each in listed(told, "veto"):
        where = f"否决项 {each.get('id', '（无 id）')}"
        if not all(_is_text(each.get(name)) for name in ("id", "reason", "release")):
            yield f"{where} 应有 id、reason（理由）和 release（解除条件）"
        if each.get("colour") not in ("yellow", "red"):
            yield f'{where} 的 colour 应是 "red"（一票否决）或 "yellow"（封顶黄色）'
        if each.get("op", ">=") != ">=" or not _is_whole(each.get("value", 1), 1):
            yield f'{where} 只认 op = ">="，value {_whole(1)}'
        yield from _fact(where, each.get("fact"))


def _hysteresis(told: Told) -> Iterator[str]:
    back = _table(told, "hysteresis")
    if not back:
        yield "没有 [hysteresis]（升降级与观察期）"
        return
    for name, meaning, least in (
        ("upgrade_margin", "升级须高出下限的分数", 0),
        ("upgrade_consecutive", "升级须连续合格的次数", 1),
        ("probation_days", "由红升黄后的观察期天数", 0),
    ):
        if not _is_whole(back.get(name), least):
            yield f"[hysteresis] 的 {name}（{meaning}）{_whole(least)}"
    dwell = _table(back, "min_dwell_days")
    if set(dwell) != {"red", "yellow"} or not all(_is_whole(days, 0) for days in dwell.values()):
        yield f"[hysteresis] 的 min_dwell_days（最短停留天数）应给出 red 和 yellow，{_whole(0)}"
    if back.get("relapse_in_probation", "") not in ("", "red_double_dwell"):
        yield '[hysteresis] 的 relapse_in_probation 只认 "red_double_dwell"（停留期加倍）或留空'


def _days(told: Told) -> Iterator[str]:
    intervals, evaluation = _table(told, "visit_interval_days"), _table(told, "evaluation")
    for name in VISITED:
        if not _is_whole(intervals.get(name), 1):
            yield f"[visit_interval_days] 的 {name}（走访间隔天数）{_whole(1)}"
    day = evaluation.get("day_of_month", 1)
    if not _is_whole(day, 1) or day > 28:
        yield "[evaluation] 的 day_of_month（每月评定日）应是 1 到 28"
    yield from _words(evaluation, "evaluation", "event_triggers", TRIGGERS)
    if "escalation" in told:
        late = _table(told, "escalation")
        if not _is_whole(late.get("yellow_overdue_days"), 1):
            yield f"[escalation] 的 yellow_overdue_days（黄色拖延天数）{_whole(1)}"
        if not _is_text(late.get("reason")):
            yield "[escalation] 应有 reason（理由）"
        yield from _fact("[escalation]", late.get("fact", "overdue_hazards"))


def _unrated(told: Told) -> Iterator[str]:
    unrated = _table(told, "unrated")
    for name in ("when_no_visit_ever", "when_dimension_without_evidence"):
        if not isinstance(unrated.get(name, True), bool):
            yield f"[unrated] 的 {name} 应是 true 或 false"
    if not _is_whole(unrated.get("stale_after_days", 1), 1):
        yield f"[unrated] 的 stale_after_days（数据过期天数）{_whole(1)}"
    yield from _words(unrated, "unrated", "when_business_status", STATES)


def _fact(where: str, fact: object) -> Iterator[str]:
    if not isinstance(fact, str) or fact not in facts():
        yield f"{where} 的 fact「{fact}」不认识，可用的事实见 data/reference/three_colour/facts.toml"


def _words(table: Told, section: str, name: str, known: tuple[str, ...]) -> Iterator[str]:
    found = table.get(name, [])
    if not isinstance(found, list):
        yield f"[{section}] 的 {name} 应是方括号里的一列，可用 {'、'.join(known)}"
        return
    for each in found:
        if each not in known:
            yield f"[{section}] 的 {name} 里「{each}」不认识，可用 {'、'.join(known)}"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST


def _whole(least: int) -> str:
    return f"应是 {least} 到 {MOST} 的整数"


def _table(told: Told, name: str) -> dict[str, Any]:
    found = told.get(name, {})
    return found if isinstance(found, dict) else {}
