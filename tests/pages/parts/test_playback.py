"""The frames of a film: what each comes to, and the bar it gets."""

import pandas as pd
import pytest

from data.glossary import words
from pages.parts.heat import playback, played


def frame(*values: float | None, of: tuple[float, ...] = ()) -> pd.DataFrame:
    bases: list[float | None] = [*of] or [None for _ in values]
    return pd.DataFrame({"value": list(values), "denominator": bases}, dtype=float)


def test_counts_add_up() -> None:
    assert played.total(frame(3, None, 4), words()["filed"]) == ("各网格合计", 7)


def test_rates_are_weighed_by_what_they_are_counted_from() -> None:
    kind, rate = played.total(frame(0.5, 1.0, of=(30, 10)), words()["on_time_handling_rate"])
    assert kind == "各网格合起来"
    assert rate == pytest.approx(25 / 40)


def test_days_that_cannot_be_added_give_their_median() -> None:
    assert played.total(frame(1, 2, 9), words()["unvisited_days"]) == ("各网格中位数", 2)


def test_a_frame_nobody_reported_has_no_total() -> None:
    assert played.total(frame(None, None), words()["filed"]) == ("", None)


def test_the_bar_on_show_stands_out_and_no_bar_vanishes() -> None:
    film = playback.Film(("a", "b"), ("周一", "<周二>"), (10.0, None), ("10 件", "—"))
    drawn = playback.histogram(film, 1)
    assert '<i class="" style="height:100%"></i><i class="now" style="height:2%"></i>' in drawn
    assert "&lt;周二&gt;　—" in drawn
