"""Asking from a terminal: the same figure as the page's, in a form to read or to keep."""

import json
from pathlib import Path

import pandas as pd
import pytest

from data.warehouse import Store
from queries.__main__ import main
from queries.printing import as_csv, as_table
from tests.builders import load, snapshot_of

WEEK = ["--since", "2026-11-16", "--until", "2026-11-23"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("STREET_STORE", str(tmp_path))
    store = Store(tmp_path)
    due = {"filed_at": "2026-11-16 09:00", "due_at": "2026-11-18 09:00"}
    load(
        store,
        "2026-11-20 09:00",
        hazard=[{"hazard_no": "A", **due}, {"hazard_no": "B", "grid_code": "G2", **due}],
    )
    load(store, "2026-11-22 09:00", hazard=[{"hazard_no": "A", "handled_at": "2026-11-17 09:00"}])
    return store


def rate(capsys: pytest.CaptureFixture[str], *words: str) -> float | None:
    assert main(["ask", "hazards.case_measures", *WEEK, *words, "--format", "json"]) == 0
    [row] = json.loads(capsys.readouterr().out)
    found: float | None = row["on_time_handling_rate"]
    return found


def test_the_newest_snapshot_answers(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert rate(capsys) == 0.5


def test_a_scope_can_be_told_on_the_command_line(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert rate(capsys, "--grid", "G2") == 0
    assert rate(capsys, "--known-at", "2026-11-21") == 0
    assert rate(capsys, "--as-at", "2026-11-17 18:00") is None
    assert rate(capsys, "--snapshot", store.names()[-1]) == 0


def test_what_was_asked_is_said_beside_the_answer(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "hazards.balance", *WEEK, "--as-at", "2026-11-22 18:00"])
    said = (
        f"快照 {snapshot_of(store).name}；2026-11-16 起、2026-11-23 止（不含）；数据截至 2026-11-22 18:00\n"
    )
    assert capsys.readouterr().err == said


def test_a_period_that_is_over_is_looked_at_as_it_ended(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ask", "hazards.balance", "--since", "2026-11-09", "--until", "2026-11-16"])
    assert capsys.readouterr().err.endswith("数据截至 2026-11-15 23:59\n")


def test_without_days_it_is_the_week_of_the_snapshot(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ask", "hazards.balance"])
    assert "2026-11-16 起、2026-11-23 止" in capsys.readouterr().err


def test_csv_keeps_days_moments_and_blanks(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "hazards.cases", *WEEK, "--value", "count=need_to_handle", "--format", "csv"])
    head, first, _ = capsys.readouterr().out.splitlines()
    row = dict(zip(head.split(","), first.split(","), strict=True))
    assert (row["hazard_no"], row["handled_at"], row["closed_at"]) == ("A", "2026-11-17 09:00:00", "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["hazards.balance", "--since", "16/11"], "「16/11」不是日期，应写成 2026-11-22。"),
        (
            ["hazards.balance", "--as-at", "昨天"],
            '「昨天」不是时刻，应写成 2026-11-22 或 "2026-11-22 18:00"。',
        ),
        (["hazards.oldest_open", "--value", "rows=x"], "参数「rows」应是整数，现在是「x」。"),
        (
            ["hazards.oldest_open", "--value", "top=3"],
            "hazards.oldest_open 没有名为「top」的参数，可用的有：rows、kind。",
        ),
        (["hazards.balance", "--snapshot", "none"], "没有名为 none 的快照，可能已按保留规则清理。"),
    ],
)
def test_what_cannot_be_asked_is_said_in_chinese(
    store: Store, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert main(["ask", *words]) == 2
    assert capsys.readouterr().err == sentence + "\n"


def test_an_unknown_count_of_cases_is_refused(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "hazards.cases", *WEEK, "--value", "count=clicks"]) == 2
    assert "没有名为 clicks 的件数" in capsys.readouterr().err


def test_an_empty_warehouse_says_how_to_fill_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "hazards.balance", "--store", str(tmp_path / "new")]) == 2
    assert "还没有数据，请先运行 python -m data load" in capsys.readouterr().err


def test_the_list_names_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("hazards.balance ") and line.endswith("does it add up?") for line in lines)


def test_text_that_a_spreadsheet_would_run_is_kept_as_text() -> None:
    cells = ["=1+1", "＝1+1", "+86", "-2", "@a", "一般"]
    shown = as_csv(pd.DataFrame({"note": cells, "change": [-1, -2, -3, -4, -5, -6]}))
    assert shown.splitlines()[1:] == ["'=1+1,-1", "'＝1+1,-2", "'+86,-3", "'-2,-4", "'@a,-5", "一般,-6"]


def test_a_table_lines_up_under_chinese_characters() -> None:
    shown = as_table(pd.DataFrame({"grid": ["一号", "b"], "n": [1, None]}))
    assert shown == "grid  n\n一号  1\nb     —\n"


def test_a_place_the_register_does_not_have_is_told_beside_the_answer(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "hazards.balance", "--community", "不存在", "--grid", "WG-9"]) == 0
    told = capsys.readouterr().err
    assert "网格信息表里没有名为「不存在」的社区。" in told
    assert "网格信息表里没有名为「WG-9」的网格。" in told
