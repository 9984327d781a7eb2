"""三色管理 on New York's restaurant inspections: a colour per scored inspection, the latest per shop.

The file is open data beside the repository, never in it: without it these tests are skipped.
"""

import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd
import pytest

from data import template
from data.intake.load import Source, load
from data.intake.take import Wishes
from data.warehouse import Snapshot, Store
from queries import Scope, subject_card, three_colour
from tests.builders import snapshot_of

REAL = Path(__file__).parents[3] / "shared" / "data" / "inspection_nyc"
FILE = REAL / "nyc_restaurant_violations_bx_bk_si.csv.gz"
# The day of the record, after the last inspection of the file.
NOW = datetime(2016, 1, 6, 18)
YEARS = Scope(date(2011, 1, 1), date(2016, 1, 7), as_at=NOW)
WEEK = Scope(date(2015, 12, 28), date(2016, 1, 4), as_at=datetime(2016, 1, 3, 23, 59, 59))
COLOURS = ("green", "yellow", "red")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"公开数据不在 {REAL}，跳过真实文件的检验"),
]


@dataclass(frozen=True)
class Inspection:
    """One scored inspection, of the first row that tells its score."""

    shop: str
    day: date
    kind: str
    score: int

    @property
    def colour(self) -> str:
        return "green" if self.score <= 13 else "yellow" if self.score <= 27 else "red"


@dataclass(frozen=True)
class City:
    """A snapshot of the file, its inspections as plain Python reads them, and what was computed from it."""

    street: Snapshot
    inspections: list[Inspection]
    shops: set[str]
    facts: dict[str, Any]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("inspections")
        patch.setenv("STREET_TODAY", "2026-11-22")
        patch.setenv("STREET_KEY_FILE", str(folder / "person.key"))
        store = Store(folder / "store")
        load(
            store,
            [Source(FILE, FILE.name)],
            Wishes(template=template.load(Path("nyc_restaurant_inspections"))),
        )
        with gzip.open(FILE, "rt", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        told = json.loads((REAL / "facts.json").read_text("utf-8"))["facts"]
        yield City(snapshot_of(store), inspections(rows), {row["camis"] for row in rows}, told)


def inspections(rows: list[dict[str, str]]) -> list[Inspection]:
    """Every scored inspection: shop, day and kind tell it; of a few with two scores the first counts."""
    found: dict[tuple[str, str, str], Inspection] = {}
    for row in rows:
        key = row["camis"], row["inspection_date"], row["inspection_type"]
        if row["score"] and row["inspection_date"] != "1900-01-01" and key not in found:
            found[key] = Inspection(key[0], date.fromisoformat(key[1]), key[2], int(float(row["score"])))
    return list(found.values())


def worn(city: City, day: date) -> dict[str, str]:
    """The colour of every shop's last inspection by a day; of several on that day the last kind in order."""
    latest: dict[str, Inspection] = {}
    for each in city.inspections:
        before = latest.get(each.shop)
        if each.day <= day and (before is None or (before.day, before.kind) < (each.day, each.kind)):
            latest[each.shop] = each
    return {shop: each.colour for shop, each in latest.items()}


def timed(label: str, ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    began = perf_counter()
    answer = ask()
    print(f"{label}: {(perf_counter() - began) * 1000:.0f} ms, {len(answer)} rows")
    return answer


def test_every_scored_inspection_has_the_city_s_colour(city: City) -> None:
    bands = {"green": "green_0_13", "yellow": "yellow_14_27", "red": "red_28up"}
    told = {colour: city.facts[band] for colour, band in bands.items()}
    assert Counter(each.colour for each in city.inspections) == told
    with city.street.cursor() as cursor:
        rows = cursor.execute("select enterprise_key, rated_on, rating_kind, colour from rating").fetchall()
    loaded = {(key, day, kind): colour for key, day, kind, colour in rows}
    assert len(loaded) == len(rows) == city.facts["scored_inspections"]
    assert loaded == {(each.shop, each.day, each.kind): each.colour for each in city.inspections}


def test_the_colours_are_the_ledger_s_not_the_rule_s(city: City) -> None:
    assert set(three_colour.rules_in_force(city.street, YEARS)["colour_basis"]) == {"rating"}
    subjects = three_colour.subjects(city.street, YEARS, scheme="")
    assert subjects["scheme"].unique().tolist() == ["enterprise"]


def test_the_latest_colour_of_every_shop_is_the_city_s(city: City) -> None:
    counts = timed("colour_counts", lambda: three_colour.colour_counts(city.street, YEARS)).iloc[0]
    assert {colour: counts[f"{colour}_count"] for colour in COLOURS} == city.facts["latest_colour"]
    assert counts["subject_count"] == city.facts["establishments"]
    assert counts["unrated_count"] == len(city.shops) - sum(city.facts["latest_colour"].values())
    subjects = timed("subjects", lambda: three_colour.subjects(city.street, YEARS))
    told = dict(zip(subjects["enterprise_key"], subjects["colour"], strict=True))
    assert {key: colour for key, colour in told.items() if colour != "unrated"} == worn(city, NOW.date())


@pytest.mark.parametrize("scope", [YEARS, WEEK], ids=["record", "week"])
def test_a_past_day_stands_as_it_did(city: City, scope: Scope) -> None:
    now, then = (worn(city, asked.as_at.date()) for asked in (scope, scope.before()) if asked.as_at)
    counts = three_colour.colour_counts(city.street, scope).iloc[0]
    assert [counts[f"{colour}_count"] for colour in COLOURS] == [
        Counter(now.values())[colour] for colour in COLOURS
    ]
    assert [counts[f"{colour}_count_before"] for colour in COLOURS] == [
        Counter(then.values())[colour] for colour in COLOURS
    ]
    changes = timed("colour_changes", lambda: three_colour.colour_changes(city.street, scope))
    told = dict(
        zip(
            changes["enterprise_key"],
            zip(changes["colour_then"], changes["colour"], strict=True),
            strict=True,
        )
    )
    assert told == {
        shop: (then.get(shop, "unrated"), colour)
        for shop, colour in now.items()
        if then.get(shop, "unrated") != colour
    }


def test_days_in_red_begin_with_the_present_run(city: City) -> None:
    history = defaultdict(list)
    for each in sorted(city.inspections, key=lambda each: (each.day, each.kind)):
        history[each.shop].append(each)
    expected = {}
    for shop, past in history.items():
        if past[-1].colour == "red":
            run = past
            while any(each.colour != "red" for each in run):
                run = run[1:]
            expected[shop] = (NOW.date() - run[0].day).days
    red = timed("red_list", lambda: three_colour.red_list(city.street, YEARS))
    assert dict(zip(red["enterprise_key"], red["red_days"], strict=True)) == expected


def test_boroughs_add_up(city: City) -> None:
    groups = timed("by_group", lambda: three_colour.by_group(city.street, YEARS, by="district"))
    assert set(groups["group_name"]) == set(city.facts["by_boro"])
    for colour in COLOURS:
        assert groups[f"{colour}_count"].sum() == city.facts["latest_colour"][colour]
    assert groups["is_rankable"].all()


def test_the_head_of_the_page_answers(city: City) -> None:
    figures = timed("figures", lambda: three_colour.figures(city.street, YEARS)).set_index("figure")
    timed("rules_in_force", lambda: three_colour.rules_in_force(city.street, YEARS))
    rated = sum(city.facts["latest_colour"].values())
    red = figures.loc["red_rate"]
    assert (red["numerator"], red["denominator"]) == (city.facts["latest_colour"]["red"], rated)
    # how near an edge is follows from the rule's points, which nobody can work out here
    assert figures.loc[["near_edge_count"], "value"].isna().all()
    assert three_colour.near_edge(city.street, YEARS).empty


def test_a_shop_s_card_holds_all_its_inspections(city: City) -> None:
    shop, count = Counter(each.shop for each in city.inspections).most_common(1)[0]
    strip = timed("strip", lambda: subject_card.strip(city.street, YEARS, enterprise_key=shop))
    days = {each.day for each in city.inspections if each.shop == shop}
    assert len(strip) == len(days) <= count
    assert set(strip["colour_basis"]) == {"rating"}
    card = timed("card", lambda: subject_card.card(city.street, YEARS, enterprise_key=shop))
    assert card["colour"].tolist() == [worn(city, NOW.date())[shop]]
