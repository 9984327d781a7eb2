"""三色评定: the ledger that tells each rating, as the office writes it down."""

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import Integers, counts, days, words
from data.demo.firms import Firms
from data.demo.ratings import Rating
from data.rules import Rule

COLOURS = ("绿", "黄", "红")
RATERS = 34


def ledger(rule: Rule, firms: Firms, which: Integers, rating: Rating) -> pa.Table:
    """三色评定 of one day: a row per subject rated. That of the shops names an enterprise by its number."""
    subject = which[rating.which]
    is_shop = rule.scheme == "shop"
    columns = {
        "商户编号" if is_shop else "企业编号": pa.array([firms.numbers[at] for at in subject], pa.string()),
        "店铺名称" if is_shop else "企业名称": pa.array([firms.names[at] for at in subject], pa.string()),
    }
    for place, dimension in enumerate(rule.dimensions):
        columns[dimension.title] = counts(rating.points[:, place])
    return pa.table(
        {
            **columns,
            "总得分": counts(rating.scores),
            "评定结果" if is_shop else "三色评定": words(COLOURS, rating.colour),
            "扣分原因" if is_shop else "评定说明": pa.array(rating.reasons, pa.string()),
            "评定日期": days(np.full(subject.size, rating.rated_on)),
            "评定类别": words(("例行", "复评"), np.full(subject.size, int(rating.is_review))),
            "评定人": words(persons.names("raters", RATERS), firms.grid[subject] % RATERS),
        }
    )
