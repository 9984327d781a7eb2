"""假销号雷达: closings worth a second look, with their reasons, beside 结案率 and 实销率. No verdict."""

import pandas as pd

from pages.parts import exhibit, labels, page, proof, tables, words
from pages.parts.ask import ask
from pages.parts.hazards import cases, strip
from queries import Scope, closures

LIST, RULE, EVERY = "radar", "sign", "all"
SIGNS = ("self_verified", "too_fast", "without_photo", "photo_repeated", "last_minute", "recurred", "burst")
REVIEW = (
    "hazard_no", "grid_name", "place", "kind", "unit", "signs", "filed_at", "due_eff_at", "closed_at",
    "closing_hours", "recurred_no",
)  # fmt: skip
JUDGED = (
    "hazard_no",
    "grid_name",
    "place",
    "kind",
    "unit",
    "filed_at",
    "closed_at",
    "is_really_closed",
    "signs",
)
PAIRS = (
    "first_hazard_no", "hazard_no", "grid_name", "kind", "first_place", "place", "first_part", "part",
    "first_source", "source", "first_reported_at", "reported_at", "apart_hours", "apart_m",
)  # fmt: skip


def show(scope: Scope, kind: str = "") -> None:
    """The whole section: the rates side by side, what each rule saw, and one of three lists."""
    rates(scope, kind)
    rules(scope, kind)
    lists = {"review": review, "real": real, "pairs": pairs}
    said = {"review": "复核清单", "real": "实销率数的是哪些", "pairs": "可能重复上报"}
    lists[page.one_of(LIST, tuple(lists), said.__getitem__)](scope, kind)


def rates(scope: Scope, kind: str) -> None:
    """结案率 beside 实销率 and how much is to be looked at again."""
    exhibit.show(
        "假销号雷达",
        ask(closures.figures, scope, kind=kind),
        ["figure", "value", "numerator", "denominator", "value_before"],
        "radar",
        lambda rows: strip.show(rows, page.compared_with(scope)),
        closures.figures,
        {"kind": kind},
        note="下面是值得再看一眼的销号，不是结论，不作扣分，也不对人。实销率只数观察 30 天在本期满期、"
        "照片和复查人都看得出的销号。",
    )


def rules(scope: Scope, kind: str) -> None:
    """What each rule saw of the period's closings, how it judges, and how often it could not."""
    rows = ask(closures.rules, scope, kind=kind)
    told = rows.assign(sign_meaning=[labels.term(f"is_{sign}").meaning for sign in rows["sign"]])
    exhibit.show(
        "每条规则看出多少",
        told,
        ["sign", "spoken_against", "could_judge", "spoken_against_rate", "could_not_judge"],
        "radar_rules",
        lambda shown: tables.short(
            shown,
            [
                ("sign", "sign_meaning"),
                "spoken_against",
                ("could_judge", "spoken_against_rate"),
                "could_not_judge",
            ],
            "",
            "每条规则看出多少",
        ),
        closures.rules,
        {"kind": kind},
        empty="这段时间没有写明时间的销号。",
        note="“无法判断”是台账缺栏目、历史不足或观察未满 30 天，不等于没有问题。",
    )


def review(scope: Scope, kind: str) -> None:
    """复核清单: one row a closing, its reasons in words; a row opens its case."""
    rows = ask(closures.review_list, scope, kind=kind)
    rule = page.one_of(
        RULE, (EVERY, *SIGNS), lambda sign: "全部线索" if sign == EVERY else labels.said(RULE, sign)
    )
    if rule != EVERY:
        rows = rows[[rule in signs.split() for signs in rows["signs"]]]
    title = "复核清单" if rule == EVERY else f"复核清单：{labels.said(RULE, rule)}"
    cases.show(
        title,
        _worded(proof.placed(rows)),
        REVIEW,
        "radar_review",
        closures.review_list,
        {"kind": kind},
        scope,
        empty="这段时间没有要复核的销号。",
        note=f"共 {words.number(len(rows))} 件，线索多的在前。点一行看这一件。",
    )


def real(scope: Scope, kind: str) -> None:
    """The closings 实销率 is counted of, each with whether it is really gone."""
    asked = {"count": "judged_for_real", "kind": kind}
    cases.show(
        "可判断实销的销号",
        _worded(proof.placed(ask(closures.closings, scope, **asked))),
        JUDGED,
        "radar_real",
        closures.closings,
        asked,
        scope,
        empty="没有观察满 30 天、又看得出照片和复查人的销号，所以没有实销率。",
        note="观察 30 天在本期满期的销号，都是分母；真正销号的是分子。",
    )


def pairs(scope: Scope, kind: str) -> None:
    """Pairs that may be one hazard reported twice, for a person to confirm."""
    cases.show(
        "可能重复上报",
        proof.placed(ask(closures.duplicates, scope, kind=kind)),
        PAIRS,
        "radar_pairs",
        closures.duplicates,
        {"kind": kind},
        scope,
        empty="没有 50 米、72 小时以内的同类隐患。",
        note="50 米、72 小时以内的同类隐患，还没有关联，由人确认。没有坐标的看不出。",
    )


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their signs in words."""
    told = ["、".join(labels.said(RULE, sign) for sign in signs.split()) for signs in rows["signs"]]
    return rows.assign(signs=told)
