"""The three-colour rules in Chinese, as a clerk lists, checks and adopts them in a terminal."""

from datetime import date
from pathlib import Path

from data import rule_shelf, settings
from data.rules import SCHEME_WORDS, Rule
from data.warehouse import Store


def listed(store: Store) -> str:
    """Every rule by scheme, in the order of their days, and which is in force today."""
    today = settings.today()
    lines: list[str] = []
    for scheme, own in rule_shelf.rules(store.folder).items():
        lines.append(f"{SCHEME_WORDS[scheme]}：")
        in_force = [each for each in own if each.effective_from <= today][-1]
        drafted = rule_shelf.shipped(scheme)
        lines += [f"  {_line(each, today, each == in_force, each == drafted)}" for each in own]
    return "\n".join(lines)


def checked(store: Store, path: Path) -> str:
    """What an adoption of the file would do. Raises Trouble with everything that stands against it."""
    chosen = rule_shelf.adoptable(store.folder, path, settings.today())
    return f"可用：{_named(chosen)}，{_begins(chosen, settings.today())}。"


def adopted(store: Store, path: Path) -> str:
    """Adopt the file, build a snapshot by it, and say what comes of it.

    Raises Trouble as `checked` does. Where no snapshot can be built, nothing is left adopted.
    """
    today = settings.today()
    with store.loading("采用规则"):
        chosen, is_new = rule_shelf.adopt(store.folder, path, today)
        said = [
            f"{'已采用' if is_new else '早已采用，没有变化'}：{_named(chosen)}，{_begins(chosen, today)}。"
        ]
        if not store.names():
            return "".join([*said, "仓库还没有数据，装载后按它评定。"])
        try:
            snapshot = store.publish().snapshot
        except BaseException:
            if is_new:
                rule_shelf.withdraw(store.folder, chosen)
            raise
    return "".join([*said, *_came(store, chosen), f"现在的快照是 {snapshot}。"])


def _line(each: Rule, today: date, is_in_force: bool, is_shipped: bool) -> str:
    state = "现行" if is_in_force else "待生效" if each.effective_from > today else "已被替换"
    origin = "，自带" if is_shipped else ""
    return f"{each.effective_from} 起，{_named(each)}{origin}，{state}"


def _named(each: Rule) -> str:
    approval = f"批准文号 {each.approved_by}" if each.approved_by else "试行（未批准）"
    return f"{each.title}，版本 {each.version}，{approval}，指纹 {each.digest[:8]}"


def _begins(each: Rule, today: date) -> str:
    start = "今天" if each.effective_from == today else f" {each.effective_from} "
    return f"从{start}起生效，此前的颜色不变"


def _came(store: Store, chosen: Rule) -> list[str]:
    """How many are another colour than by the rule before, where the rule's day has come."""
    newest = store.newest()
    if newest is None:
        return []
    with newest.cursor() as cursor:
        [(looked, differing)] = cursor.execute(
            "select count(*), count(*) filter (where assigned <> old_rule_colour) from colour_evaluation"
            " where scheme = $scheme and rule_hash = $rule_hash and evaluated_on = $day"
            " and 'unrated' not in (assigned, old_rule_colour)",
            {"scheme": chosen.scheme, "rule_hash": chosen.digest, "day": chosen.effective_from},
        ).fetchall()
    return [f"当天评定 {looked} 家，与旧规则颜色不同的 {differing} 家。"] if looked else []
