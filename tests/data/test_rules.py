"""Three-colour rules: the drafts that come along, and every fault of a file told once, with its place."""

import copy
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomlkit

from data.colouring.scoring import look
from data.rule_faults import faults
from data.rule_shelf import read, shipped
from data.rules import SCHEMES, Rule, rule
from data.trouble import Trouble

SHARED = Path(__file__).parents[3] / "shared" / "domain" / "three_colour"
Told = dict[str, Any]


def told() -> Told:
    """The draft for shops as TOML: it has every section."""
    return tomllib.loads(shipped("shop").text)


def fault_of(change: Callable[[Told], object]) -> list[str]:
    mended = told()
    change(mended)
    return faults(mended)


def put(name: str, key: str, value: object) -> Callable[[Told], object]:
    """Set a cell of a section, or of the first table of a [[section]]."""

    def change(mended: Told) -> None:
        table = mended[name][0] if isinstance(mended[name], list) else mended[name]
        table[key] = value

    return change


def without(name: str, key: str | None = None) -> Callable[[Told], object]:
    def change(mended: Told) -> None:
        table = mended[name] if key else mended
        if isinstance(table, list):
            table = table[0]
        del table[key or name]

    return change


def doubled(name: str) -> Callable[[Told], object]:
    return lambda mended: mended[name].append(mended[name][0])


def points(mended: Told, dimension: str, value: int) -> None:
    [own] = [each for each in mended["dimension"] if each["id"] == dimension]
    own["points"] = value


# What is done to the draft for shops, and the sentences that are then said.
SLIPS: tuple[tuple[Callable[[Told], object], str], ...] = (
    (lambda told: told.update(hystersis={}), "[hystersis] 不认识，请删去或改正"),
    (put("scheme", "max_points", 100), "[scheme] 里的「max_points」不认识，可用 id、name_zh、object"),
    (
        put("deduct", "points", 3),
        "[[deduct]] 里的「points」不认识，可用 id、dimension、fact、per、cap、reason",
    ),
    (lambda told: told.update(evaluation=[{}]), "evaluation 应写成 [evaluation] 开头的一节"),
    (lambda told: told.update(veto={}), "veto 应写成 [[veto]] 开头的一节"),
    (put("scheme", "timezone", "UTC"), '[scheme] 的 timezone 只认 "Asia/Shanghai"'),
    (put("hysteresis", "downgrade", "slow"), '[hysteresis] 的 downgrade 只认 "immediate"（降级立即生效）'),
    (
        put("hysteresis", "upgrade_one_level", False),
        "[hysteresis] 的 upgrade_one_level 只认 true（升级一次一级）",
    ),
    (
        put("admin_inspection", "schedule_from_colour", True),
        "[admin_inspection] 的 schedule_from_colour 只认 false（行政检查不按颜色安排）",
    ),
    (put("evaluation", "cadence", "daily"), '[evaluation] 的 cadence 只认 "monthly"（每月）'),
    (put("evaluation", "override", {"max_days": 90}), "[evaluation] 的 override 只认 { allowed = true"),
    (put("escalation", "to", "yellow"), '[escalation] 的 to 只认 "red"'),
    (put("scheme", "object", "firm"), '[scheme] 的 object 应是 "enterprise"（企业）或 "shop"（商户）'),
    (put("scheme", "name_zh", " "), "[scheme] 缺 name_zh（名称）"),
    (without("scheme", "version"), "[scheme] 缺 version（版本）"),
    (put("scheme", "effective_from", "2027-01-01"), "[scheme] 的 effective_from（生效日期）应写成"),
    (put("scheme", "effective_from", datetime(2027, 1, 1)), "[scheme] 的 effective_from（生效日期）应写成"),
    (put("scheme", "approved_by", 12), "[scheme] 的 approved_by（批准文号）应是文字，未批准时留空"),
    (put("scheme", "max_score", 0), "[scheme] 的 max_score（满分）应是 1 到 10000 的整数"),
    (lambda told: told["colour"].reverse(), "[[colour]] 应依次是 green、yellow、red 三项"),
    (put("colour", "min_score", 85.5), "[[colour]] 的 min_score（下限）应是 0 到 10000 的整数"),
    (put("colour", "min_score", 65), "[[colour]] 的 min_score 应从高到低、红为 0，现在是 [65, 65, 0]"),
    (without("dimension"), "没有 [[dimension]]（维度）"),
    (put("dimension", "name_zh", ""), "维度 business_status 应有 id 和 name_zh（名称）"),
    (put("dimension", "points", True), "维度 business_status 的 points（分数）应是 1 到 10000 的整数"),
    (put("dimension", "manual", 1), "维度 business_status 的 manual（人工认定）应是 true 或 false"),
    (put("dimension", "alone_worst", "blue"), '维度 business_status 的 alone_worst 应是 "green"'),
    (without("deduct"), "没有 [[deduct]]（扣分项）"),
    (without("deduct", "reason"), "扣分项 B1 应有 id 和 reason（扣分说明）"),
    (put("deduct", "dimension", "luck"), "扣分项 B1 的 dimension「luck」不在 [[dimension]] 里"),
    (put("deduct", "per", 0), "扣分项 B1 的 per（每处扣分）和 cap（最多扣分）应是 1 到 10000 的整数"),
    (put("deduct", "per", 7), "扣分项 B1 的 cap（最多扣分 6）小于 per（每处扣分 7）"),
    (put("deduct", "fact", "bad_luck"), "扣分项 B1 的 fact「bad_luck」不认识，可用的事实见 data/reference/"),
    (without("veto", "release"), "否决项 V1 应有 id、reason（理由）和 release（解除条件）"),
    (put("veto", "colour", "green"), '否决项 V1 的 colour 应是 "red"（一票否决）或 "yellow"（封顶黄色）'),
    (put("veto", "op", "<"), '否决项 V1 只认 op = ">="，value 应是 1 到 10000 的整数'),
    (put("veto", "fact", None), "否决项 V1 的 fact「None」不认识"),
    (without("hysteresis"), "没有 [hysteresis]（升降级与观察期）"),
    (put("hysteresis", "upgrade_margin", -1), "upgrade_margin（升级须高出下限的分数）应是 0 到 10000 的整数"),
    (put("hysteresis", "upgrade_consecutive", 0), "upgrade_consecutive（升级须连续合格的次数）应是 1 到"),
    (
        without("hysteresis", "probation_days"),
        "[hysteresis] 的 probation_days（由红升黄后的观察期天数）应是 0 到",
    ),
    (
        put("hysteresis", "min_dwell_days", {"red": 7}),
        "[hysteresis] 的 min_dwell_days（最短停留天数）应给出 red 和 yellow，应是 0 到 10000 的整数",
    ),
    (put("hysteresis", "relapse_in_probation", "red"), 'relapse_in_probation 只认 "red_double_dwell"'),
    (
        without("visit_interval_days", "red"),
        "[visit_interval_days] 的 red（走访间隔天数）应是 1 到 10000 的整数",
    ),
    (put("evaluation", "day_of_month", 29), "[evaluation] 的 day_of_month（每月评定日）应是 1 到 28"),
    (put("evaluation", "event_triggers", ["rain"]), "[evaluation] 的 event_triggers 里「rain」不认识，可用"),
    (put("evaluation", "event_triggers", "rain"), "[evaluation] 的 event_triggers 应是方括号里的一列，可用"),
    (
        put("escalation", "yellow_overdue_days", 0),
        "[escalation] 的 yellow_overdue_days（黄色拖延天数）应是 1 到",
    ),
    (put("escalation", "reason", ""), "[escalation] 应有 reason（理由）"),
    (put("escalation", "fact", "rain"), "[escalation] 的 fact「rain」不认识"),
    (put("unrated", "when_no_visit_ever", "yes"), "[unrated] 的 when_no_visit_ever 应是 true 或 false"),
    (
        put("unrated", "stale_after_days", 0),
        "[unrated] 的 stale_after_days（数据过期天数）应是 1 到 10000 的整数",
    ),
    (put("unrated", "when_business_status", ["sold"]), "[unrated] 的 when_business_status 里「sold」不认识"),
    (lambda told: points(told, "licensing", 21), "各维度 points 之和是 101，应等于满分 100"),
    (put("colour", "min_score", 101), "绿色下限 101 高于满分 100"),
    (put("hysteresis", "upgrade_margin", 16), "绿色下限 85 加升级余量 16 高于满分 100，谁也升不了绿"),
    (
        lambda told: told["deduct"][0].update(per=4, cap=4),
        "维度「营业状态」10 分，扣分项最多只能扣 8 分，应不少于九成",
    ),
    (
        lambda told: told["dimension"][2].update(alone_worst="yellow"),
        "维度「公共安全」单独扣满剩 60 分，低于 yellow 的下限 65，与 alone_worst 不符",
    ),
    (lambda told: told["veto"][1].update(id="B1"), "扣分项和否决项的 id「B1」用了 2 次，每个只能用一次"),
    (
        lambda told: told["veto"][1].update(id="escalation"),
        "扣分项和否决项的 id 不能是「escalation」，请换一个",
    ),
    (
        lambda told: told["deduct"][1].update(fact="operator_changed_unregistered"),
        "事实「operator_changed_unregistered」有 2 个扣分项，同一事实只能扣一次",
    ),
)


@pytest.mark.parametrize(("change", "said"), SLIPS, ids=[said for _, said in SLIPS])
def test_one_slip_is_told_once_with_its_place(change: Callable[[Told], object], said: str) -> None:
    found = fault_of(change)
    assert len([each for each in found if said in each]) == 1, found
    # without dimensions every deduction stands in none
    assert len(found) == 1 or said.startswith("没有 [[dimension]]"), found


def test_a_dimension_that_may_cost_green_alone_is_none_of_them() -> None:
    assert fault_of(put("dimension", "alone_worst", "green")) == []


def test_two_dimensions_of_one_id_are_told() -> None:
    assert "维度的 id「business_status」用了 2 次，每个只能用一次" in fault_of(doubled("dimension"))


def test_every_slip_of_a_file_is_told_at_once_and_numbered(tmp_path: Path) -> None:
    path = tmp_path / "本街.toml"
    text = shipped("shop").text.replace('fact = "waste_violations_30d"', 'fact = "litter"')
    path.write_text(text.replace("red = 7\nunrated = 30", "red = 0\nunrated = 30"), "utf-8")
    with pytest.raises(Trouble) as fault:
        read(path)
    assert str(fault.value) == (
        "规则文件「本街.toml」有 2 处要改："
        "\n1. 扣分项 W1 的 fact「litter」不认识，可用的事实见 data/reference/three_colour/facts.toml。"
        "\n2. [visit_interval_days] 的 red（走访间隔天数）应是 1 到 10000 的整数。"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[scheme\n", "规则文件「本街.toml」不是正确的 TOML"),
        (
            "[scheme]\nname_zh = '商户'\n".encode("gb18030"),
            "规则文件「本街.toml」不是 UTF-8 编码，请另存为 UTF-8。",
        ),
        (None, "本街.toml」，请核对路径。"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_calmly(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "本街.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Trouble, match=r"本街\.toml") as fault:
        read(path)
    assert said in str(fault.value)


def test_a_file_saved_by_notepad_is_the_same_rule(tmp_path: Path) -> None:
    path = tmp_path / "本街.toml"
    path.write_bytes(b"\xef\xbb\xbf" + shipped("shop").text.replace("\n", "\r\n").encode())
    assert read(path) == shipped("shop")


ODD: tuple[Any, ...] = (
    None,
    "x",
    "",
    -1,
    1.5,
    True,
    10**30,
    [],
    {},
    ["x"],
    [{}],
    {"x": 1},
    date(2027, 1, 1),
    [[]],
)


def places(table: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every cell and section of a TOML, by the way to it."""
    named: list[tuple[Any, Any]] = list(table.items() if isinstance(table, dict) else enumerate(table))
    for key, value in named:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_whatever_stands_in_a_cell_is_told_or_taken_never_stumbled_over(scheme: str) -> None:
    whole = tomllib.loads(shipped(scheme).text)
    for *way, last in places(whole):
        for odd in ODD:
            mended = copy.deepcopy(whole)
            table: Any = mended
            for key in way:
                table = table[key]
            if odd is None:
                del table[last]
            else:
                table[last] = odd
            if not faults(mended):
                assert rule(tomlkit.dumps(mended), "本街.toml").scheme == scheme


def items(own: Rule) -> list[tuple[object, ...]]:
    """What costs how much and decides what, whatever the words for it."""
    late = own.escalation
    told: list[tuple[object, ...]] = [(each.id, each.fact, each.per, each.cap) for each in own.deductions]
    told += [(each.id, each.fact, each.value, each.colour) for each in own.vetoes]
    return told + ([("escalation", late.fact, late.overdue_days)] if late else [])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_shipped_draft_judges_as_the_product_s_default(scheme: str) -> None:
    path = SHARED / f"{scheme}.toml"
    if not path.exists():
        pytest.skip(
            "the shared default rules do not lie beside this repository, so there is nothing to compare"
        )
    default, draft = read(path), shipped(scheme)
    assert (default.effective_from, draft.effective_from) == (date(2026, 12, 1), date(2015, 1, 1))
    assert draft.is_trial
    for name in (
        "floors",
        "dimensions",
        "hysteresis",
        "intervals",
        "unrated_states",
        "triggers",
        "day_of_month",
    ):
        assert getattr(default, name) == getattr(draft, name), name
    assert items(default) == items(draft)
    dice = np.random.default_rng(7)
    facts = {fact: dice.integers(0, 4, 2_000) * (dice.random(2_000) < 0.3) for fact in draft.facts}
    late = dice.integers(0, 2, 2_000)
    ours, theirs = look(draft, facts, late, 2_000), look(default, facts, late, 2_000)
    assert (ours.scores == theirs.scores).all()
    assert (ours.candidates == theirs.candidates).all()
    assert len(np.unique(ours.candidates)) == 3


def test_a_rule_reads_each_of_its_facts_once() -> None:
    facts = shipped("shop").facts
    assert len(set(facts)) == len(facts)
    assert {"overdue_hazards", "gas_alarm_absent_in_use", "business_vacant"} <= set(facts)
