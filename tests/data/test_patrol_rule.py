"""The patrol rule: what stands in the snapshot, an office's own file, and how its slips are told."""

from datetime import time
from pathlib import Path

import pytest

from data.patrol_rule import REFERENCE, patrol_rule
from data.trouble import Trouble
from data.warehouse import Store
from tests.builders import load, snapshot_of, street_of


def test_the_rule_and_the_intervals_stand_in_the_snapshot(tmp_path: Path) -> None:
    street = street_of(tmp_path, grid=[{}])
    [rule] = street.cursor().execute("from patrol_rule").fetchall()
    assert rule == ("workday", 1, 2, 3, 180, time(12), time(18), 72)
    intervals = (
        street.cursor().execute("from visit_interval order by scheme, interval_days, colour").fetchall()
    )
    assert intervals == [
        ("enterprise", "red", 7),
        ("enterprise", "unrated", 30),
        ("enterprise", "yellow", 30),
        ("enterprise", "green", 90),
        ("shop", "red", 7),
        ("shop", "yellow", 15),
        ("shop", "green", 30),
        ("shop", "unrated", 30),
    ]


def test_an_office_may_set_its_own_rule_and_the_snapshot_is_built_anew(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, grid=[{}])
    told = REFERENCE.read_text("utf-8").replace('required_days = "workday"', 'required_days = "every_day"')
    (tmp_path / "patrol.toml").write_text(told, "utf-8")
    assert snapshot_of(store).is_outdated
    store.publish()
    found = snapshot_of(store).cursor().execute("select required_days from patrol_rule").fetchall()
    assert found == [("every_day",)]
    assert not snapshot_of(store).is_outdated


def test_every_slip_in_a_rule_is_told_at_once(tmp_path: Path) -> None:
    slips = {
        'required_days = "workday"': 'required_days = "周一"',
        "cadre_count = 1": "cadre_count = 0",
        "minutes = 180": 'minutes = "180"',
        "evening_from = 18:00:00": "evening_from = 11:00:00",
        "interval_hours = 72": "# interval_hours",
    }
    told = REFERENCE.read_text("utf-8")
    for good, bad in slips.items():
        told = told.replace(good, bad)
    own = tmp_path / "patrol.toml"
    own.write_text(told, "utf-8")
    with pytest.raises(Trouble) as fault:
        patrol_rule(own)
    assert "有 5 处要改" in str(fault.value)
    for said in ("required_days", "cadre_count", "minutes", "evening_from", "[grid] 的 interval_hours"):
        assert said in str(fault.value)


def test_an_older_file_s_intervals_are_read_over(tmp_path: Path) -> None:
    own = tmp_path / "patrol.toml"
    own.write_text(REFERENCE.read_text("utf-8") + "\n[interval_days.shop]\nyellow = 3\n", "utf-8")
    assert patrol_rule(own) == patrol_rule()
    street = street_of(tmp_path, grid=[{}])
    [(days,)] = (
        street.cursor()
        .execute("select interval_days from visit_interval where scheme = 'shop' and colour = 'yellow'")
        .fetchall()
    )
    assert days == 15


def test_a_file_that_is_no_toml_is_told_calmly(tmp_path: Path) -> None:
    own = tmp_path / "patrol.toml"
    own.write_text("[round", "utf-8")
    with pytest.raises(Trouble, match=r"「patrol\.toml」的写法不对"):
        patrol_rule(own)
