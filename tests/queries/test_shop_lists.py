"""The three lists of shops, who can help whom, gas protection and the five goods: by hand and by twins."""

import math
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.warehouse import Snapshot, Store
from queries import Scope, shop_lists
from tests.builders import LOADED_AT, load, snapshot_of, street_of
from tests.queries.streets import AS_AT, COMMUNITIES, Row

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
SCOPES = [
    WEEK,
    Scope(date(2026, 9, 1), date(2026, 10, 1), ("二号社区",), as_at=datetime(2026, 9, 30, 23, 59)),
    Scope(date(2026, 11, 16), date(2026, 11, 23), grids=("WG-0101", "WG-0201"), as_at=AS_AT),
]
TRADES = ("餐饮", "小吃店", "服装", "五金", None)
LAYERS = ("燃气报警器", "自动切断阀", "专用软管", "通风", "禁放杂物")
KINDS = ("招工", "场地", "设备")
FILLED = {"industry": "餐饮", "state": "营业", "address": "集贤街1号", "staff_count": 3, "has_contact": True}
COLUMNS = {
    "industry": "业态",
    "state": "营业状态",
    "address": "经营地址",
    "staff_count": "从业人数",
    "has_contact": "联系人",
}


def shop(key: str, **cells: Any) -> Row:
    return {"record_key": key, "name": f"店{key}", "subject_kind": "shop"} | cells


def rows(answer: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    """Some columns, row by row; nothing as None."""
    chosen = answer[list(names)].astype(object)
    return list(chosen.where(chosen.notna(), None).itertuples(index=False, name=None))


def test_a_shop_has_all_three_lists_or_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[
            shop("S1", **FILLED),
            shop("S2", **FILLED | {"address": None, "has_contact": False}),
            shop("S3", **FILLED),
            shop("S4", **FILLED | {"state": "已注销"}),
            {"record_key": "F1", "subject_kind": "enterprise"},
        ],
        shop_need=[
            {"enterprise_key": "S1", "raised_on": "2026-10-01", "met_on": "2026-10-05"},
            {"enterprise_key": "S2", "raised_on": "2026-10-01"},
            {"enterprise_key": "S2", "raised_on": "2026-10-02"},
            {"enterprise_key": "S3", "raised_on": "2026-11-23"},
            {"enterprise_key": "F1"},
        ],
        shop_resource=[{"enterprise_key": key, "offered_on": "2026-10-01"} for key in ("S1", "S2", "S4")],
    )
    lists = shop_lists.completeness(street, WEEK)
    names = ["subject_count", "basics_count", "needs_count", "resources_count", "all_lists_count"]
    assert rows(lists, *names) == [(3, 2, 2, 2, 1)]
    assert lists["all_lists_rate"].tolist() == [1 / 3]
    names = ["enterprise_key", "has_basics", "basics_missing", "need_count", "resource_count"]
    assert rows(shop_lists.by_shop(street, WEEK), *names) == [
        ("S3", True, "", 0, 0),
        ("S2", False, "经营地址、联系人", 2, 1),
    ]


def test_a_street_without_shops_has_no_rates(tmp_path: Path) -> None:
    street = street_of(tmp_path, enterprise=[{"record_key": "F1"}])
    lists = shop_lists.completeness(street, WEEK)
    assert lists["subject_count"].tolist() == [0]
    assert lists.filter(like="_rate").isna().all(axis=None)
    gas = shop_lists.gas_coverage(street, WEEK)
    assert gas["gas_measure"].tolist() == ["catering", "other", "training"]
    assert gas["gas_covered_rate"].isna().all()
    assert shop_lists.matches(street, WEEK).empty
    assert shop_lists.district_scores(street, WEEK).empty


def test_a_need_meets_the_nearest_offers_of_its_kind_by_other_shops(tmp_path: Path) -> None:
    near, far = {"lon": 120.001, "lat": 30.0}, {"lon": 120.1, "lat": 30.0}
    other = {"grid_code": "WG-0102"}
    away = {"grid_code": "WG-0201", "community": "二号社区"}
    street = street_of(
        tmp_path,
        enterprise=[
            shop("S1", lon=120.0, lat=30.0),
            shop("S2", **near, **away),
            shop("S3", **far),
            shop("S4", **away),
            shop("S5", **other),
            shop("S6"),
            shop("S7", state="已注销"),
        ],
        shop_need=[
            {"enterprise_key": "S1", "need_kind": "场地", "detail": "仓库"},
            {"enterprise_key": "S2", "need_kind": "招工"},
            {"enterprise_key": "S3", "need_kind": "场地", "met_on": "2026-11-22"},
            {"enterprise_key": "S4", "need_kind": "场地", "met_on": "2026-11-23", "raised_on": "2026-11-01"},
            {"enterprise_key": "S7", "need_kind": "场地"},
        ],
        shop_resource=[
            *({"enterprise_key": key, "resource_kind": "场地"} for key in ("S1", "S4", "S5", "S6", "S7")),
            {"enterprise_key": "S2", "resource_kind": "场地", "until_on": "2026-11-22"},
            {"enterprise_key": "S3", "resource_kind": "场地", "until_on": "2026-11-23"},
            {"enterprise_key": "S2", "resource_kind": "场地", "until_on": "2026-11-21", "detail": "过期"},
            {"enterprise_key": "S2", "resource_kind": "场地", "offered_on": "2026-11-23"},
            {"enterprise_key": "S2", "resource_kind": "招工"},
        ],
    )
    found = shop_lists.matches(street, WEEK, offers=5)
    assert rows(found, "enterprise_key", "need_kind", "offer_no", "offer_key") == [
        # without coordinates: its grid, then the rest by name
        ("S4", "场地", 1, "S2"),
        ("S4", "场地", 2, "S1"),
        ("S4", "场地", 3, "S3"),
        ("S4", "场地", 4, "S5"),
        ("S4", "场地", 5, "S6"),
        # the near one, the far one, then its grid, its community, the rest
        ("S1", "场地", 1, "S2"),
        ("S1", "场地", 2, "S3"),
        ("S1", "场地", 3, "S6"),
        ("S1", "场地", 4, "S5"),
        ("S1", "场地", 5, "S4"),
        ("S2", "招工", None, None),
    ]
    metres = found[found["enterprise_key"] == "S1"]["offer_distance_m"].tolist()[:2]
    assert metres == pytest.approx([96.3, 9630], rel=1e-3)
    assert shop_lists.matches(street, WEEK)["offer_no"].max() == 3
    near_only = Scope(WEEK.since, WEEK.until, ("二号社区",), as_at=AS_AT)
    assert set(shop_lists.matches(street, near_only)["enterprise_key"]) == {"S2", "S4"}


def looked_at(key: str, layers: int, day: str = "2026-10-01", **cells: Any) -> list[Row]:
    return [{"enterprise_key": key, "layer": layer, "checked_on": day} | cells for layer in LAYERS[:layers]]


def test_gas_is_covered_by_five_layers_where_one_cooks_else_by_three(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[
            *(shop(f"C{n}", industry="餐饮") for n in range(1, 6)),
            *(shop(f"O{n}", industry="服装") for n in range(1, 5)),
        ],
        gas_guard=[
            *looked_at("C1", 5),
            *looked_at("C2", 4),
            # put right later, and gone wrong later
            *looked_at("C3", 5),
            *looked_at("C3", 1, "2026-09-01", is_ok=False),
            *looked_at("C4", 5),
            *looked_at("C4", 1, "2026-11-22", is_ok=False),
            *looked_at("O1", 3),
            # one more than it must have, and that one is wanting
            *looked_at("O2", 3),
            {"enterprise_key": "O2", "layer": LAYERS[3], "checked_on": "2026-10-01", "is_ok": False},
            # as yet nobody has been there
            *looked_at("O3", 3, "2026-11-23"),
        ],
        drill=[
            {"enterprise_key": "C1", "drill_kind": "gas_training", "held_on": "2025-11-23"},
            {"enterprise_key": "C2", "drill_kind": "gas_training", "held_on": "2025-11-22"},
            {"enterprise_key": "C3", "drill_kind": "gas_training", "held_on": "2026-11-23"},
            {"enterprise_key": "C4", "drill_kind": "safety_training", "held_on": "2026-10-01"},
        ],
    )
    found = shop_lists.gas_coverage(street, WEEK)
    assert rows(found, *found.columns) == [
        ("catering", 2, 4, 1, 0.5),
        ("other", 1, 2, 2, 0.5),
        ("training", 1, 9, 0, 1 / 9),
    ]


def test_the_five_goods_are_those_of_the_latest_month_and_never_added_up(tmp_path: Path) -> None:
    scores = {"environment_score": 18.0, "order_score": 17.5, "business_score": 16.0, "service_score": None}
    street = street_of(
        tmp_path,
        district_score=[
            {"district": "临江夜市", "scored_on": "2026-10-01", "safety_score": 12.0} | scores,
            {"district": "临江夜市", "scored_on": "2026-11-01", "safety_score": 15.0} | scores,
            {"district": "临江夜市", "scored_on": "2026-12-01", "safety_score": 1.0} | scores,
            {"district": "北街", "scored_on": "2026-06-01", "safety_score": 14.0} | scores,
        ],
    )
    found = shop_lists.district_scores(street, WEEK)
    assert [*found.columns] == [
        "district", "scored_on", "environment_score", "order_score", "business_score", "service_score",
        "safety_score",
    ]  # fmt: skip
    assert rows(found, "district", "service_score", "safety_score") == [
        ("临江夜市", None, 15),
        ("北街", None, 14),
    ]


@dataclass(frozen=True)
class Told:
    """A snapshot and the rows it was built from."""

    street: Snapshot
    tables: dict[str, list[Row]]

    def shops(self, scope: Scope | None = None) -> dict[str, Row]:
        """The active shops, of a place or of the whole street."""
        return {
            row["record_key"]: row
            for row in self.tables["enterprise"]
            if row["subject_kind"] == "shop"
            and row["state"] != "已注销"
            and (not scope or not scope.grids or row["grid_code"] in scope.grids)
            and (not scope or not scope.communities or row["community"] in scope.communities)
        }

    def until(self, table: str, time: str, scope: Scope) -> list[Row]:
        return [row for row in self.tables[table] if row[time] <= day_of(scope)]


def day_of(scope: Scope) -> date:
    assert scope.as_at
    return scope.as_at.date()


@pytest.fixture(scope="module", params=[1, 2, 3])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Forty firms and shops with needs, offers, layers of gas protection and trainings, by dice."""
    dice = random.Random(request.param)
    keys = [f"S{number:02}" for number in range(40)]

    def day(back: int = 200) -> date:
        return AS_AT.date() - timedelta(days=dice.randrange(-5, back))

    def maybe(value: Any, chance: float = 0.85) -> Any:
        return value if dice.random() < chance else None

    firms = []
    for key in keys:
        grid, is_placed = dice.choice(list(COMMUNITIES)), dice.random() < 0.7
        firms.append(
            {
                "record_key": key,
                "name": f"店{dice.randrange(10)}",
                "subject_kind": dice.choice(["shop", "shop", "shop", "enterprise"]),
                "grid_code": grid,
                "community": COMMUNITIES[grid],
                "industry": dice.choice(TRADES),
                "state": dice.choice(["营业", "营业", "营业", None, "已注销"]),
                "address": maybe("集贤街"),
                "staff_count": maybe(3),
                "has_contact": maybe(True),
                "lon": 120 + dice.random() / 50 if is_placed else None,
                "lat": 30 + dice.random() / 50 if is_placed else None,
            }
        )
    needs = [
        {
            "record_key": f"N{number:03}",
            "enterprise_key": dice.choice(keys),
            "need_kind": dice.choice((*KINDS, "贷款")),
            "detail": f"需要{number}",
            "raised_on": (raised := day()),
            "met_on": maybe(raised + timedelta(days=dice.randrange(1, 200)), 0.5),
        }
        for number in range(60)
    ]
    resources = [
        {
            "record_key": f"R{number:03}",
            "enterprise_key": dice.choice(keys),
            "resource_kind": dice.choice(KINDS),
            "detail": f"提供{number}",
            "offered_on": (offered := day()),
            "until_on": maybe(offered + timedelta(days=dice.randrange(1, 200)), 0.5),
        }
        for number in range(60)
    ]
    looked = {(dice.choice(keys[:30]), dice.choice(LAYERS), day(), dice.random() < 0.85) for _ in range(250)}
    guards = {
        (key, layer, checked): {
            "enterprise_key": key, "layer": layer, "checked_on": checked, "is_ok": is_ok,
        }
        for key, layer, checked, is_ok in sorted(looked)
    }  # fmt: skip
    drills = {
        (key, held): {"enterprise_key": key, "drill_kind": kind, "held_on": held}
        for key, held, kind in (
            (dice.choice(keys), day(700), dice.choice(["gas_training", "gas_training", "drill"]))
            for _ in range(40)
        )
    }
    tables: dict[str, list[Row]] = {
        "enterprise": firms,
        "shop_need": needs,
        "shop_resource": resources,
        "gas_guard": list(guards.values()),
        "drill": list(drills.values()),
    }
    store = Store(tmp_path_factory.mktemp("shops"))
    load(store, LOADED_AT, **tables)
    return Told(snapshot_of(store), tables)


@pytest.mark.parametrize("scope", SCOPES)
def test_the_three_lists_agree_with_their_twin(told: Told, scope: Scope) -> None:
    shops = told.shops(scope)
    needs = Counter(row["enterprise_key"] for row in told.until("shop_need", "raised_on", scope))
    resources = Counter(row["enterprise_key"] for row in told.until("shop_resource", "offered_on", scope))
    missing = {
        key: "、".join(label for name, label in COLUMNS.items() if not row[name])
        for key, row in shops.items()
    }
    whole = {key for key in shops if not missing[key] and needs[key] and resources[key]}
    [found] = shop_lists.completeness(told.street, scope).itertuples(index=False, name=None)
    counts = (
        sum(not missing[key] for key in shops),
        sum(needs[key] > 0 for key in shops),
        sum(resources[key] > 0 for key in shops),
        len(whole),
    )
    assert found == (len(shops), *counts, *(pytest.approx(count / len(shops)) for count in counts))
    names = ["enterprise_key", "has_basics", "basics_missing", "has_needs", "need_count", "has_resources",
             "resource_count"]  # fmt: skip
    assert set(rows(shop_lists.by_shop(told.street, scope), *names)) == {
        (key, not missing[key], missing[key], needs[key] > 0, needs[key], resources[key] > 0, resources[key])
        for key in shops.keys() - whole
    }


def metres(one: Row, other: Row) -> float | None:
    """Along the great circle, by the law of cosines: not the way the question goes."""
    if one["lon"] is None or other["lon"] is None:
        return None
    a, b = math.radians(one["lat"]), math.radians(other["lat"])
    turn = math.radians(other["lon"] - one["lon"])
    return 6371000 * math.acos(
        min(1.0, math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn))
    )


def nearness(one: Row, other: Row) -> tuple[float, int]:
    apart = metres(one, other)
    same = one["grid_code"] == other["grid_code"], one["community"] == other["community"]
    return math.inf if apart is None else apart, 1 if same[0] else 2 if same[1] else 3


@pytest.mark.parametrize("scope", SCOPES)
def test_needs_and_offers_agree_with_their_twin(told: Told, scope: Scope) -> None:
    shops, asking, now = told.shops(), told.shops(scope), day_of(scope)
    offers = [
        row
        for row in told.until("shop_resource", "offered_on", scope)
        if row["enterprise_key"] in shops and (row["until_on"] is None or row["until_on"] >= now)
    ]
    expected = set()
    for need in told.until("shop_need", "raised_on", scope):
        if need["enterprise_key"] not in asking or (need["met_on"] and need["met_on"] <= now):
            continue
        here = shops[need["enterprise_key"]]
        of_kind = [
            row
            for row in offers
            if row["resource_kind"] == need["need_kind"] and row["enterprise_key"] != need["enterprise_key"]
        ]
        of_kind.sort(
            key=lambda row: (
                *nearness(here, shops[row["enterprise_key"]]),
                shops[row["enterprise_key"]]["name"],
                row["enterprise_key"],
                row["record_key"],
            )
        )
        best: list[tuple[Any, ...]] = [
            (turn, row["enterprise_key"], row["detail"]) for turn, row in enumerate(of_kind[:3], 1)
        ]
        expected |= {(need["detail"], *each) for each in best or [(None, None, None)]}
    found = shop_lists.matches(told.street, scope)
    assert set(rows(found, "need_detail", "offer_no", "offer_key", "offer_detail")) == expected
    assert len(found) == len(expected)
    for key, offer, apart in rows(found, "enterprise_key", "offer_key", "offer_distance_m"):
        twin = metres(shops[key], shops[offer]) if offer else None
        assert apart == (None if twin is None else pytest.approx(twin, abs=1))


@pytest.mark.parametrize("scope", SCOPES)
def test_gas_coverage_agrees_with_its_twin(told: Told, scope: Scope) -> None:
    shops = told.shops(scope)
    latest: dict[str, dict[str, bool]] = {}
    for row in sorted(told.until("gas_guard", "checked_on", scope), key=lambda row: row["checked_on"]):
        latest.setdefault(row["enterprise_key"], {})[row["layer"]] = row["is_ok"]
    expected = []
    for measure, need in (("catering", 5), ("other", 3)):
        own = [key for key, row in shops.items() if (row["industry"] in TRADES[:2]) == (need == 5)]
        seen = [latest[key] for key in own if key in latest]
        covered = sum(len(each) >= need and all(each.values()) for each in seen)
        expected.append((measure, covered, len(seen), len(own) - len(seen)))
    # twelve months back, whatever the year is long
    since = day_of(scope).replace(year=day_of(scope).year - 1)
    trained = {
        row["enterprise_key"]
        for row in told.until("drill", "held_on", scope)
        if row["drill_kind"] == "gas_training" and row["held_on"] > since
    }
    expected.append(("training", len(trained & shops.keys()), len(shops), 0))
    found = shop_lists.gas_coverage(told.street, scope)
    assert rows(found, "gas_measure", "covered_count", "gas_base_count", "unregistered_count") == expected
    rates = [covered / base if base else None for _, covered, base, _ in expected]
    assert [rate for (rate,) in rows(found, "gas_covered_rate")] == rates


def test_the_coverage_of_gas_says_what_the_facts_of_the_colours_say(told: Told) -> None:
    """A shop that was looked at is covered where no layer is missing for its colour."""
    with told.street.cursor() as cursor:
        wanting = {
            key
            for (key,) in cursor.execute(
                "select distinct enterprise_key from fact_spell"
                " where fact = 'gas_protection_missing' and from_on <= $day and until_on > $day",
                {"day": AS_AT.date()},
            ).fetchall()
        }
    looked = {row["enterprise_key"] for row in told.until("gas_guard", "checked_on", WEEK)}
    covered = (looked & told.shops().keys()) - wanting
    found = shop_lists.gas_coverage(told.street, WEEK)
    assert found["covered_count"].tolist()[:2] == [
        sum((told.shops()[key]["industry"] in TRADES[:2]) is cooks for key in covered)
        for cooks in (True, False)
    ]
