"""What a reader with pencil and paper must not get out of a table of people."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from queries.small_counts import (
    SMALLEST,
    hidden_cells,
    without_small_lines,
    without_small_steps,
    without_small_table,
)

Cells = npt.NDArray[np.int64]


def solvable(cells: Cells, hidden: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The hidden cells that all totals together settle: no other filling of the table has the same totals.

    Solved by elimination over fractions' worth of floats, not as the module itself does it.
    """
    places = [tuple(place) for place in np.argwhere(hidden)]
    lines = [
        [place[axis] == line for place in places] for axis in (0, 1) for line in range(cells.shape[axis])
    ]
    if 1 in cells.shape:
        lines = [[True] * len(places)]
    system = np.array(lines, dtype=float)
    rank = np.linalg.matrix_rank(system)
    alone = np.eye(len(places))
    return [
        (int(row), int(column))
        for (row, column), unit in zip(places, alone, strict=True)
        if np.linalg.matrix_rank(np.vstack([system, unit])) == rank
    ]


@pytest.mark.parametrize("seed", range(200))
def test_no_hidden_cell_can_be_solved_for(seed: int) -> None:
    dice = np.random.default_rng(seed)
    shape = tuple(dice.integers(2, 9, size=2))
    cells = dice.choice([0, 0, 1, 2, 3, 4, 5, 8, 13, 40], size=shape).astype(np.int64)
    cells[:, 0] += SMALLEST
    cells[0, :] += SMALLEST
    hidden = hidden_cells(cells)
    assert hidden[(cells > 0) & (cells < SMALLEST)].all(), "a small count is shown"
    if hidden.any():
        assert solvable(cells, hidden) == []
    for axis in (0, 1):
        part = np.where(hidden, cells, 0).sum(axis=axis)
        assert ((part >= SMALLEST) | ~hidden.any(axis=axis)).all(), (
            "what a line hides is itself a small count"
        )


def test_hiding_only_the_small_cell_would_not_do() -> None:
    cells = np.array([[3, 20], [30, 40]])
    only_small = cells < SMALLEST
    assert solvable(cells, only_small) == [(0, 0)]
    assert hidden_cells(cells).tolist() == [[True, True], [True, True]]


def test_a_table_without_small_counts_is_shown_whole() -> None:
    assert not hidden_cells(np.array([[5, 20], [0, 40]])).any()


def test_small_lines_are_merged_until_they_are_not_small() -> None:
    counts = pd.DataFrame({"province": ["皖", "豫", "川", "藏"], "person_count": [60, 7, 2, 1]})
    shown = without_small_lines(counts, "province", "person_count")
    # 川 and 藏 are three people together, still small: 豫 joins them
    assert shown.values.tolist() == [["皖", 60, False], ["其他", 10, False]]


def test_one_small_line_takes_the_next_smallest_with_it() -> None:
    counts = pd.DataFrame({"province": ["皖", "豫", "川"], "person_count": [60, 7, 2]})
    shown = without_small_lines(counts, "province", "person_count")
    assert shown.values.tolist() == [["皖", 60, False], ["其他", 9, False]]


def test_when_all_lines_together_are_few_nothing_is_told() -> None:
    counts = pd.DataFrame({"province": ["皖", "豫"], "person_count": [1, 2]})
    shown = without_small_lines(counts, "province", "person_count")
    assert shown["is_hidden"].tolist() == [True]
    assert shown["person_count"].isna().all()


def test_a_two_way_table_merges_small_lines_before_it_hides_cells() -> None:
    counts = pd.DataFrame(
        [("一号", "皖", 30), ("一号", "豫", 20), ("二号", "皖", 25), ("二号", "豫", 1), ("三号", "皖", 2)],
        columns=["community", "province", "person_count"],
    )
    shown = without_small_table(counts, "community", "province", "person_count")
    # 三号 (2) goes with 二号 (26); the 1 left in 其他 takes the other three cells of the square with it
    assert shown["community"].tolist() == ["一号", "一号", "其他", "其他"]
    assert shown["is_hidden"].all()
    assert shown["person_count"].isna().all()


def test_a_small_day_takes_a_second_day_with_it() -> None:
    days = pd.DataFrame({"direction": ["leave"] * 4, "person_count": [40, 3, 12, 0]})
    shown = without_small_steps(days, "direction", "person_count")
    assert shown["is_hidden"].tolist() == [False, True, True, False]


def test_a_series_that_is_all_small_is_hidden_all_over() -> None:
    days = pd.DataFrame({"direction": ["leave"] * 3, "person_count": [1, 0, 2]})
    shown = without_small_steps(days, "direction", "person_count")
    assert shown["person_count"].isna().all()


def test_nothing_is_nothing() -> None:
    empty = pd.DataFrame({"province": [], "direction": [], "person_count": []})
    assert without_small_lines(empty, "province", "person_count").empty
    assert without_small_steps(empty, "direction", "person_count").empty
    assert without_small_table(empty, "province", "direction", "person_count").empty
