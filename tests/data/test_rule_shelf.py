"""Adopted rules: kept with the warehouse, never changed, and history before their day stays what it was."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data import rule_shelf
from data.rule_draft import Changes, drafted
from data.rule_shelf import shipped
from data.rules import SCHEMES, Rule
from data.trouble import Trouble
from data.warehouse import Store
from tests.builders import load, snapshot_of
from tests.data.colouring.ledgers import column, evaluations, facts, fired, ledgers

TODAY = date(2026, 11, 22)
# Hardly a point to lose: many become another colour.
STRICT = Changes(floors={"green": 90, "yellow": 86})


def draft_file(
    folder: Path, day: date, version: str = "二版", scheme: str = "enterprise", changes: Changes = STRICT
) -> Path:
    path = folder / f"{version}.toml"
    path.write_text(drafted(shipped(scheme), changes, version, day), "utf-8")
    return path


def test_an_adopted_rule_applies_from_its_day_on_and_its_name_carries_its_hash(tmp_path: Path) -> None:
    store = tmp_path / "store"
    chosen, is_new = rule_shelf.adopt(store, draft_file(tmp_path, date(2026, 12, 1)), TODAY)
    assert is_new
    [kept] = rule_shelf.adopted(store)
    assert kept.name == f"enterprise-2026-12-01-{chosen.digest[:12]}.toml"
    assert [each.version for each in rule_shelf.rules(store)["enterprise"]] == ["2026-12-01", "二版"]
    assert rule_shelf.rules(store)["shop"] == (shipped("shop"),)
    assert rule_shelf.adopt(store, tmp_path / "二版.toml", TODAY) == (chosen, False)


def test_rules_stand_in_the_order_of_their_days_whatever_the_order_of_adoption(tmp_path: Path) -> None:
    for version, day in (("三版", date(2027, 3, 1)), ("二版", date(2026, 12, 1))):
        rule_shelf.adopt(tmp_path, draft_file(tmp_path, day, version), TODAY)
    assert [each.version for each in rule_shelf.rules(tmp_path)["enterprise"]] == [
        "2026-12-01",
        "二版",
        "三版",
    ]


def test_a_day_that_is_over_a_day_that_is_taken_and_a_version_used_are_refused_at_once(
    tmp_path: Path,
) -> None:
    rule_shelf.adopt(tmp_path, draft_file(tmp_path, date(2026, 11, 22), "二版"), TODAY)
    path = draft_file(tmp_path, date(2026, 11, 22), "二版", changes=replace(STRICT, margin=1))
    with pytest.raises(Trouble) as fault:
        rule_shelf.adopt(tmp_path, path, date(2026, 11, 23))
    assert str(fault.value) == (
        "规则文件「二版.toml」写得对，但现在不能采用："
        "\n1. 生效日期 2026-11-22 已经过去，规则不改历史，请把 effective_from 改成 2026-11-23 或更晚。"
        "\n2. 企业已有一份 2026-11-22 生效的规则（版本 二版），请换一个生效日期。"
        "\n3. 企业已有版本「二版」的规则而内容不同，请换一个 version。"
    )
    assert len(rule_shelf.adopted(tmp_path)) == 1


def test_the_other_scheme_may_begin_a_rule_on_the_same_day(tmp_path: Path) -> None:
    rule_shelf.adopt(tmp_path, draft_file(tmp_path, TODAY, "二版"), TODAY)
    rule_shelf.adopt(tmp_path, draft_file(tmp_path, TODAY, "二版", "shop"), TODAY)
    assert [len(own) for own in rule_shelf.rules(tmp_path).values()] == [2, 2]


def test_a_rule_changed_after_its_adoption_stops_every_build_and_nothing_changes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, grid=[{}])
    rule_shelf.adopt(tmp_path, draft_file(tmp_path, TODAY), TODAY)
    before = store.publish().snapshot
    [kept] = rule_shelf.adopted(tmp_path)
    kept.write_text(kept.read_text("utf-8").replace("upgrade_margin = 3", "upgrade_margin = 0"), "utf-8")
    with pytest.raises(Trouble, match=r"enterprise-2026-11-22-\w{12}\.toml」在采用后被改动过"):
        store.publish()
    assert snapshot_of(store).name == before


def test_the_fingerprint_follows_what_is_adopted(tmp_path: Path) -> None:
    before = rule_shelf.fingerprint(tmp_path)
    chosen, _ = rule_shelf.adopt(tmp_path, draft_file(tmp_path, TODAY), TODAY)
    assert rule_shelf.fingerprint(tmp_path) != before
    rule_shelf.withdraw(tmp_path, chosen)
    assert rule_shelf.fingerprint(tmp_path) == before


def otherwise(text: str) -> str:
    """A rule that looks at other days, at the never visited too, and at facts the draft does not read."""
    return (
        text.replace("day_of_month = 1", "day_of_month = 9")
        .replace('event_triggers = ["veto_fact_changed", ', "event_triggers = [")
        .replace("when_no_visit_ever = true", "when_no_visit_ever = false")
        .replace('fact = "missed_meetings_90d"', 'fact = "repeat_hazards_180d"')
        .replace('fact = "contact_unreachable"', 'fact = "repeat_hazards_180d"')
        .replace(
            'id = "H3"\ndimension = "hazard_rectification"\nfact = "repeat_hazards_180d"',
            'id = "H3"\ndimension = "hazard_rectification"\nfact = "missed_meetings_90d"',
        )
    )


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    """One street twice: by the drafts alone, and with two more rules of each scheme from December on."""
    plain, ruled = (Store(tmp_path_factory.mktemp(name)) for name in ("plain", "ruled"))
    for store in (plain, ruled):
        load(store, "2026-11-22 10:00", **ledgers())
    files = tmp_path_factory.mktemp("files")
    for scheme in SCHEMES:
        for number, day in enumerate((date(2026, 12, 1), date(2026, 12, 16))):
            changes = STRICT if number == 0 else Changes(pers={"B2": 2, "R3": 3})
            path = draft_file(files, day, f"{scheme}{number}", scheme, changes)
            path.write_text(otherwise(path.read_text("utf-8")), "utf-8")
            rule_shelf.adopt(ruled.folder, path, TODAY)
    for store in (plain, ruled):
        load(store, "2027-01-10 10:00", grid=[{}])
    return plain, ruled


def test_history_before_a_rule_s_day_is_what_it_was(stores: tuple[Store, Store]) -> None:
    plain, ruled = (snapshot_of(store) for store in stores)
    assert evaluations(ruled, "2026-12-01") == evaluations(plain, "2026-12-01") != []
    for told in (fired, facts):
        early = [[row for row in told(street) if row[2] < date(2026, 12, 1)] for street in (plain, ruled)]
        assert early[0] == early[1] != []


def test_on_the_day_of_a_change_both_rules_colours_are_kept(stores: tuple[Store, Store]) -> None:
    plain, ruled = (snapshot_of(store) for store in stores)
    sql = (
        "select enterprise_key || ' ' || scheme || ' ' || {colour} from colour_evaluation"
        " where evaluated_on = date '2026-12-01' order by all"
    )
    broken = column(ruled, sql.format(colour="old_rule_colour"))
    assert broken == column(plain, sql.format(colour="assigned")) != []
    assert column(ruled, sql.format(colour="assigned")) != broken
    occasions = "select distinct occasion from colour_evaluation where old_rule_colour is not null"
    assert column(ruled, occasions) == ["rule_change"]
    assert column(plain, occasions) == []


def test_two_rules_never_mix(stores: tuple[Store, Store]) -> None:
    _, ruled = stores
    known: dict[str, tuple[Rule, ...]] = rule_shelf.rules(ruled.folder)
    with snapshot_of(ruled).cursor() as cursor:
        rows = cursor.execute(
            "select distinct scheme, evaluated_on, rule_hash, rule_version from colour_evaluation"
        ).fetchall()
        firing = cursor.execute(
            "select distinct scheme, rule_hash, item from evaluation_fired join colour_evaluation"
            " using (evaluation_no)"
        ).fetchall()
    assert len({row[2] for row in rows}) == 6
    for scheme, day, digest, version in rows:
        of_day = [each for each in known[scheme] if each.effective_from <= day][-1]
        assert (digest, version) == (of_day.digest, of_day.version)
    for scheme, digest, item in firing:
        [own] = [each for each in known[scheme] if each.digest == digest]
        assert item in {
            "escalation",
            *(each.id for each in own.deductions),
            *(each.id for each in own.vetoes),
        }
