"""What the colours are measured against: the points of every month, counted by pandas from the same spells.

No vetoes, no events, no way back to a better colour, one table of points.
"""

import sys
from pathlib import Path

import duckdb
import pandas as pd

from data.rule_shelf import shipped
from data.rules import SCHEMES, Rule


def monthly(file: Path) -> pd.DataFrame:
    """The points of every subject on the first of every month. One row is one subject and month."""
    with duckdb.connect(file, read_only=True) as street:
        spells = street.execute(
            "select subject_kind, fact_spell.enterprise_key, fact, from_on, until_on, unit_count"
            " from fact_spell join enterprise on enterprise.record_key = fact_spell.enterprise_key"
        ).df()
        seen = street.execute(
            "select subject_kind, enterprise_key, min(seen_on) as first_on"
            " from subject_seen join enterprise on enterprise.record_key = enterprise_key group by all"
        ).df()
        [(since, until)] = street.execute(
            "select min(evaluated_on), max(evaluated_on) from colour_evaluation"
        ).fetchall()
    found = []
    for scheme in SCHEMES:
        rule = shipped(scheme)
        own = spells[spells["subject_kind"] == scheme].merge(_items(rule), on="fact")
        there = seen[seen["subject_kind"] == scheme].set_index("enterprise_key")["first_on"]
        found += [
            _points(rule, own, there, day).assign(scheme=scheme, day=day)
            for day in pd.date_range(since, until, freq="MS")
        ]
    return pd.concat(found)


def _items(rule: Rule) -> pd.DataFrame:
    full = {each.id: each.points for each in rule.dimensions}
    return pd.DataFrame(
        [(each.fact, each.dimension, each.per, each.cap, full[each.dimension]) for each in rule.deductions],
        columns=["fact", "dimension", "per", "cap", "full"],
    )


def _points(rule: Rule, spells: pd.DataFrame, first_on: pd.Series, day: pd.Timestamp) -> pd.DataFrame:
    alive = spells[(spells["from_on"] <= day) & (spells["until_on"] > day)]
    keys = ["enterprise_key", "dimension", "full", "fact", "per", "cap"]
    counted = alive.groupby(keys, sort=False)["unit_count"].sum().reset_index()
    counted["lost"] = (counted["unit_count"] * counted["per"]).clip(upper=counted["cap"])
    by_dimension = counted.groupby(keys[:3], sort=False)["lost"].sum().reset_index()
    by_dimension["lost"] = by_dimension["lost"].clip(upper=by_dimension["full"])
    lost = by_dimension.groupby("enterprise_key")["lost"].sum()
    begun = first_on.index[first_on <= day]
    return pd.DataFrame({"score": rule.max_score - lost.reindex(begun, fill_value=0)}).reset_index()


if __name__ == "__main__":
    monthly(Path(sys.argv[1])).to_parquet(sys.argv[2])
