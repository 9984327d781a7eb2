"""三色评定 and 指标核查: the ledgers that tell each rating and what it rests on."""

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import Integers, counts, days, words
from data.demo.firms import Firms
from data.demo.ratings import Marks
from data.demo.rules import Scheme

COLOURS = ("绿", "黄", "红")
LOOK_BACK_DAYS = 4


def rating_ledger(scheme: Scheme, firms: Firms, which: Integers, marks: Marks) -> pa.Table:
    """三色评定 of one day: a row per subject; of a review only those who changed or are not green."""
    size = which.size
    raters = persons.names("raters", 34)
    reasons = [_reason(scheme, marks, row) if marks.colour[row] else None for row in range(size)]
    shop = scheme.name == "商户"
    names = {
        "商户编号" if shop else "企业编号": firms.numbers,
        "店铺名称" if shop else "企业名称": firms.names,
    }
    columns = {heading: pa.array([values[at] for at in which]) for heading, values in names.items()}
    for place, (name, _) in enumerate(scheme.indicators):
        columns[name] = counts(marks.points[:, place])
    table = pa.table(
        {
            **columns,
            "总得分": counts(marks.points.sum(axis=1)),
            "评定结果" if shop else "三色评定": words(COLOURS, marks.colour),
            "扣分原因" if shop else "评定说明": pa.array(reasons, pa.string()),
            "评定日期": days(np.full(size, marks.rated_on)),
            "评定类别": words(("例行", "复评"), np.full(size, int(marks.is_review))),
            "评定人": words(raters, firms.grid[which] % len(raters)),
        }
    )
    return table.filter(pa.array(marks.changed | (marks.colour > 0))) if marks.is_review else table


def _reason(scheme: Scheme, marks: Marks, row: int) -> str:
    told = [text for place, (_, text, _) in enumerate(scheme.vetoes) if marks.vetoes[row, place]]
    told += [f"{fact.text}{n}处" for fact, n in zip(scheme.facts, marks.facts[row], strict=True) if n]
    return "；".join(told) or "观察期内，暂不升级"


def finding_ledger(scheme: Scheme, firms: Firms, which: Integers, marks: Marks) -> pa.Table:
    """指标核查 before one rating: every fact that cost points, and every one put right since the last.

    The deductions of a subject add up to what its indicators lack; a veto is a row without a deduction.
    """
    per, cap = np.array([fact.per for fact in scheme.facts]), np.array([fact.cap for fact in scheme.facts])
    row, place = np.nonzero((marks.facts > 0) | marks.cleared)
    veto_row, veto_place = np.nonzero(marks.vetoes)
    number_of = np.concatenate([marks.facts[row, place], np.ones(veto_row.size, np.int64)])
    failed = number_of > 0
    lost = np.concatenate(
        [np.minimum(marks.facts[row, place] * per[place], cap[place]), np.zeros(veto_row.size, np.int64)]
    )
    details = [f"{fact.code} {fact.text}" for fact in scheme.facts] + [
        f"{code} {text}" for code, text, _ in scheme.vetoes
    ]
    indicators = [scheme.indicators[fact.indicator][0] for fact in scheme.facts] + ["一票否决"] * len(
        scheme.vetoes
    )
    subject = which[np.concatenate([row, veto_row])]
    detail = np.concatenate([place, veto_place + len(scheme.facts)])
    day = marks.rated_on - 1 - subject % LOOK_BACK_DAYS
    order = np.lexsort((detail, subject))
    heading = "商户编号" if scheme.name == "商户" else "企业编号"
    return pa.table(
        {
            heading: pa.array([firms.numbers[at] for at in subject[order]], pa.string()),
            "核查日期": days(day[order]),
            "核查指标": words(indicators, detail[order]),
            "具体事项": words(details, detail[order]),
            "核查结果": words(("合格", "不合格"), failed[order]),
            "扣分": counts(lost[order]),
            "说明": pa.array([f"{n}处" if n else "已整改到位" for n in number_of[order]], pa.string()),
            "核查人": words(persons.names("raters", 34), firms.grid[subject[order]] % 34),
        }
    )
