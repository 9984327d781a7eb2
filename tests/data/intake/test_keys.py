"""The key that turns people into codes: another one than before is noticed."""

from pathlib import Path

import pytest

from tests.data.intake.office import Office

FLOW = "日期,社区,流向,姓名,联系电话\n{day},幸福社区,返乡,王小明,13800138000\n"


def test_a_load_with_another_key_is_warned_of(
    fresh_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREET_KEY_FILE", str(tmp_path / "一.key"))
    same = fresh_office.load(fresh_office.file("一.csv", FLOW.format(day="2026-11-18")))
    again = fresh_office.load(fresh_office.file("二.csv", FLOW.format(day="2026-11-19")))
    monkeypatch.setenv("STREET_KEY_FILE", str(tmp_path / "二.key"))
    other = fresh_office.load(fresh_office.file("三.csv", FLOW.format(day="2026-11-20")))
    keys = fresh_office.ask("select person_key from population_flow order by moved_on")
    assert keys[0] == keys[1] != keys[2]
    assert same.files[0].accepted == again.files[0].accepted == {"population_flow": 1}
    assert again.notes == []
    assert "人员密钥与以前装载时的不同" in other.notes[0]


def test_a_phone_number_in_a_file_name_does_not_enter_the_warehouse(fresh_office: Office) -> None:
    path = fresh_office.file("返乡13800138000.csv", FLOW.format(day="2026-11-18"))
    fresh_office.load(path)
    assert fresh_office.ask("select count(*) from batch where file_name like '%13800138000%'") == [(0,)]
