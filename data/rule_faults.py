"""What may be wrong in a three-colour rule file, each fault said in Chinese with the place it stands at."""

from collections import Counter
from collections.abc import Iterator

from data.rule_cells import Told, cell_faults, listed

# What deductions must be able to cost of a dimension's points, so that nobody keeps what is wholly lost.
COVERED = 0.9
# The item that an escalation fires as.
RESERVED = "escalation"


def faults(told: Told) -> list[str]:
    """Every fault of a rule as read from TOML; an empty list where there is none.

    What cannot be read further is told alone: a dimension's sum means nothing while its points are missing.
    """
    return cell_faults(told) or [*_names(told), *_told_twice(told), *_sums(told), *_alone(told)]


def _names(told: Told) -> Iterator[str]:
    dimensions = [each["id"] for each in listed(told, "dimension")]
    items = [each["id"] for name in ("deduct", "veto") for each in listed(told, name)]
    for kind, ids in (("维度", dimensions), ("扣分项和否决项", items)):
        for name, times in Counter(ids).items():
            if times > 1:
                yield f"{kind}的 id「{name}」用了 {times} 次，每个只能用一次"
    if RESERVED in items:
        yield f"扣分项和否决项的 id 不能是「{RESERVED}」，请换一个"


def _told_twice(told: Told) -> Iterator[str]:
    """A fact that costs points in two places could not be put right once for all."""
    for fact, times in Counter(each["fact"] for each in listed(told, "deduct")).items():
        if times > 1:
            yield f"事实「{fact}」有 {times} 个扣分项，同一事实只能扣一次"


def _sums(told: Told) -> Iterator[str]:
    full, dimensions = told["scheme"].get("max_score", 100), listed(told, "dimension")
    green, margin = told["colour"][0]["min_score"], told["hysteresis"]["upgrade_margin"]
    whole = sum(each["points"] for each in dimensions)
    if whole != full:
        yield f"各维度 points 之和是 {whole}，应等于满分 {full}"
    if green > full:
        yield f"绿色下限 {green} 高于满分 {full}"
    elif green + margin > full:
        yield f"绿色下限 {green} 加升级余量 {margin} 高于满分 {full}，谁也升不了绿"
    for each in dimensions:
        caps = sum(item["cap"] for item in listed(told, "deduct") if item["dimension"] == each["id"])
        if caps < COVERED * each["points"]:
            yield f"维度「{each['name_zh']}」{each['points']} 分，扣分项最多只能扣 {caps} 分，应不少于九成"


def _alone(told: Told) -> Iterator[str]:
    """A dimension that may cost no more than a colour, even if all of it is lost."""
    full = told["scheme"].get("max_score", 100)
    floors = {each["id"]: each["min_score"] for each in told["colour"]}
    for each in listed(told, "dimension"):
        worst, left = each.get("alone_worst"), full - each["points"]
        if worst is not None and left < floors[worst]:
            yield (
                f"维度「{each['name_zh']}」单独扣满剩 {left} 分，低于 {worst} 的下限 {floors[worst]}，"
                "与 alone_worst 不符"
            )
