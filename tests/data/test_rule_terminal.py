"""`python -m data rules`: listed, checked, adopted, and nothing left of what cannot be built."""

import errno
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from data import rule_shelf
from data.__main__ import main
from data.rule_draft import Changes, drafted
from data.rule_shelf import shipped
from data.store import publishing
from data.store.checks import BuildFault
from data.warehouse import Store
from tests.builders import load, snapshot_of
from tests.data.colouring.ledgers import column, ledgers

OWN, DRAFT = shipped("enterprise"), shipped("shop")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse folder on 2026-11-22."""
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    monkeypatch.setenv("STREET_STORE", str(tmp_path / "仓库"))
    return tmp_path / "仓库"


def draft_file(tmp_path: Path, day: date, changes: Changes | None = None, scheme: str = "enterprise") -> Path:
    path = tmp_path / "新规则.toml"
    text = drafted(shipped(scheme), changes or Changes(margin=4), "二版", day)
    path.write_text(text.replace('approved_by = ""', 'approved_by = "街办〔2026〕12号"'), "utf-8")
    return path


def test_rules_lists_every_rule_and_which_is_in_force(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules"]) == 0
    assert capsys.readouterr().out == (
        f"企业：\n  2015-01-01 起，企业安全三色管理，版本 2026-12-01，试行（未批准），"
        f"指纹 {OWN.digest[:8]}，自带，现行\n"
        f"商户：\n  2015-01-01 起，商户三色管理，版本 2026-12-01，试行（未批准），"
        f"指纹 {DRAFT.digest[:8]}，自带，现行\n"
    )
    assert not folder.exists()
    main(["rules", "adopt", str(draft_file(tmp_path, date(2026, 11, 22)))])
    main(["rules", "adopt", str(draft_file(tmp_path, date(2026, 12, 1), scheme="shop"))])
    capsys.readouterr()
    main(["rules"])
    states = [line.split("，")[-1] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert states == ["已被替换", "现行", "现行", "待生效"]


def test_a_good_file_is_usable_and_checking_it_adopts_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = draft_file(tmp_path, date(2026, 12, 1))
    assert main(["rules", "check", str(path)]) == 0
    digest = rule_shelf.read(path).digest[:8]
    assert capsys.readouterr().out == (
        f"可用：企业安全三色管理，版本 二版，批准文号 街办〔2026〕12号，指纹 {digest}，"
        "从 2026-12-01 起生效，此前的颜色不变。\n"
    )
    assert not folder.exists()


@pytest.mark.parametrize("verb", ["check", "adopt"])
def test_a_faulty_file_is_told_and_nothing_is_adopted(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    path = draft_file(tmp_path, date(2026, 12, 1), Changes(points={"ideology": 11}))
    assert main(["rules", verb, str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "规则文件「新规则.toml」有 1 处要改：\n1. 各维度 points 之和是 101，应等于满分 100。\n"
    assert rule_shelf.adopted(folder) == []


@pytest.mark.parametrize("words", [["check"], ["adopt"]])
def test_without_a_file_it_is_said_what_to_write(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["rules", *words]) == 2
    assert capsys.readouterr().err == f"没有给出规则文件。请写成 python -m data rules {words[0]} 文件。\n"


def test_an_empty_warehouse_adopts_and_stays_empty(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = draft_file(tmp_path, date(2026, 12, 1))
    assert main(["rules", "adopt", str(path)]) == 0
    assert capsys.readouterr().out.endswith("此前的颜色不变。仓库还没有数据，装载后按它评定。\n")
    assert main(["rules", "adopt", str(path)]) == 0
    assert capsys.readouterr().out.startswith("早已采用，没有变化：")
    assert Store().names() == []


def test_adopting_for_today_builds_anew_and_says_who_is_another_colour(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(folder)
    load(store, "2026-11-22 09:00", **ledgers())
    before = snapshot_of(store).name
    path = draft_file(tmp_path, date(2026, 11, 22), Changes(floors={"green": 90, "yellow": 86}))
    assert main(["rules", "adopt", str(path)]) == 0
    street = snapshot_of(store)
    assert street.name != before
    assert not street.is_outdated
    [differing] = column(
        street,
        "select count(*) from colour_evaluation where old_rule_colour <> assigned and scheme = 'enterprise'",
    )
    assert 0 < differing < 8
    assert (
        f"从今天起生效，此前的颜色不变。当天评定 8 家，与旧规则颜色不同的 {differing} 家。"
        in capsys.readouterr().out
    )


def test_adopting_for_a_later_day_builds_anew_and_changes_no_colour(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(folder)
    load(store, "2026-11-22 09:00", **ledgers())
    assert main(["rules", "adopt", str(draft_file(tmp_path, date(2027, 1, 1)))]) == 0
    street = snapshot_of(store)
    assert f"从 2027-01-01 起生效，此前的颜色不变。现在的快照是 {street.name}。" in capsys.readouterr().out
    assert column(street, "select rule_version from three_colour_rule order by all") == [
        "2026-12-01",
        "2026-12-01",
        "二版",
    ]
    assert column(street, "select distinct rule_version from colour_evaluation") == ["2026-12-01"]


@pytest.mark.parametrize(
    ("fault", "status"), [(BuildFault("a check failed"), 2), (OSError(errno.ENOSPC, "No space left"), 3)]
)
def test_a_rule_no_snapshot_can_be_built_by_is_not_left_adopted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    store = Store(folder)
    load(store, "2026-11-22 09:00", grid=[{}])
    before = snapshot_of(store).name
    path = draft_file(tmp_path, date(2026, 12, 1))

    def fails(*_: object) -> NoReturn:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(publishing, "build", fails)
        assert main(["rules", "adopt", str(path)]) == status
    assert rule_shelf.adopted(folder) == []
    assert snapshot_of(store).name == before
    assert not snapshot_of(store).is_outdated
    assert main(["rules", "adopt", str(path)]) == 0
    assert len(rule_shelf.adopted(folder)) == 1
