"""The demonstration's closings: most of them honest and photographed, those on paper often not."""

import numpy as np

from data.demo import closing_evidence
from data.demo.columns import NEVER
from tests.data.demo.conftest import Years

OWNERS = ["朱佳", "秦安", "何成"]


def told(years: Years, months: slice) -> tuple[np.ndarray, dict[str, list[str | None]]]:
    """Which closings were made on paper, and what the ledger tells of all of them."""
    hasty, cells = (
        [],
        {name: list[str | None]() for name in ("复查人", "办结层级", "整改前照片", "整改后照片", "销号")},
    )
    for month in years.hazards[months]:
        owner = np.arange(month.number.size) % 3
        for name, column in closing_evidence.columns(month, owner, OWNERS).items():
            cells[name] += column.to_pylist()
        cells["销号"] += ["是" if closed else None for closed in month.lives.closed != NEVER]
        hasty.append(month.lives.is_hasty)
    return np.concatenate(hasty), cells


def test_nearly_all_closings_of_this_year_have_a_photo_and_those_of_2024_none(three_years: Years) -> None:
    _, old = told(three_years, slice(1, 13))
    assert set(old["整改后照片"]) == {None}
    hasty, new = told(three_years, slice(26, 36))
    has_photo = np.array([cell is not None for cell in new["整改后照片"]])
    is_closed = np.array([cell is not None for cell in new["销号"]])
    assert 0.97 < has_photo[is_closed & ~hasty].mean() < 1
    assert 0.3 < has_photo[is_closed & hasty].mean() < 0.9


def test_a_few_photos_are_the_old_one_or_another_case_s(three_years: Years) -> None:
    hasty, cells = told(three_years, slice(26, 36))
    after = [cell for cell in cells["整改后照片"] if cell]
    is_old = np.array(
        [b is not None and b == a for b, a in zip(cells["整改前照片"], cells["整改后照片"], strict=True)]
    )
    assert 0 < len(after) - len(set(after)) < 60
    assert 0 < is_old.sum() < 60
    assert not is_old[~hasty].any()


def test_a_few_are_checked_by_whoever_is_responsible(three_years: Years) -> None:
    _, cells = told(three_years, slice(26, 36))
    checked = [cell for cell in cells["复查人"] if cell]
    own = [cell for cell in checked if cell in OWNERS]
    assert 0 < len(own) / len(checked) < 0.02


def test_every_closing_says_at_which_level(three_years: Years) -> None:
    _, cells = told(three_years, slice(26, 36))
    assert set(cells["办结层级"]) == {"网格", "社区", "街道", "区级", None}
    assert all(
        (level is None) == (closed is None)
        for level, closed in zip(cells["办结层级"], cells["销号"], strict=True)
    )
