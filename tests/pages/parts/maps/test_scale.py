"""Which class a value falls into, and what the classes are called."""

import pytest

from data.glossary import Word, words
from pages.parts.maps import scale

COUNT = Word("filed", "立案数", "件")
RATE = Word("on_time_handling_rate", "按期处置率", "%")


def test_counts_are_cut_so_that_classes_hold_about_as_many_grids() -> None:
    found = scale.sequential(COUNT, [0, 1, 1, 2, 2, 3, 3, 4, 5, 8, 9, 30])
    assert found.borders == (1, 2, 3, 5, 9)
    assert [found.class_of(value) for value in (0, 1, 4, 8, 9, 30)] == [0, 1, 3, 4, 5, 5]


def test_whole_numbers_name_both_ends_of_a_class() -> None:
    found = scale.Scale(COUNT, (1, 2, 4, 8), is_whole=True)
    assert found.said == ("0", "1", "2 ~ 3", "4 ~ 7", "≥ 8")


def test_on_a_quiet_day_the_few_are_told_apart() -> None:
    found = scale.sequential(COUNT, [0] * 60 + [1] * 8 + [2, 2, 3, 4, 5])
    assert found.borders == (1, 2, 3)


def test_rates_get_even_round_steps() -> None:
    found = scale.sequential(RATE, [0.62, 0.71, 0.8, 0.84, 0.93, 1.0, 1.0])
    assert found.borders == (0.7, 0.8, 0.9, 1.0)
    assert found.said == ("< 70%", "70% ~ 80%", "80% ~ 90%", "90% ~ 100%", "100%")


def test_a_ripple_of_rates_does_not_look_like_a_wave() -> None:
    found = scale.sequential(RATE, [0.912, 0.913, 0.914])
    assert len({found.class_of(value) for value in (0.912, 0.913, 0.914)}) == 1


def test_not_reported_is_never_too_little_and_neither_is_zero() -> None:
    found = scale.sequential(COUNT, [0, 1, 2])
    assert found.class_of(None, is_reported=False) == scale.MISSING
    assert found.class_of(3, is_small=True) == scale.SMALL
    assert found.class_of(None) == scale.SMALL
    assert found.class_of(0) == 0


@pytest.mark.parametrize(("change", "place"), [(-9, 0), (-3, 1), (-1, 2), (0, 3), (1, 4), (3, 5), (9, 6)])
def test_a_difference_has_no_change_in_its_middle(change: float, place: int) -> None:
    found = scale.difference(COUNT, [-6, -2, 0, 1, 2, 6])
    assert found.borders == (-4, -2, 0, 1, 3, 5)
    assert found.class_of(change) == place


def test_a_difference_says_its_signs() -> None:
    found = scale.difference(COUNT, [-6, -2, 0, 1, 2, 6])
    assert found.said == ("≤ −5", "−4 ~ −3", "−2 ~ −1", "0", "+1 ~ +2", "+3 ~ +4", "≥ +5")


def test_nothing_known_makes_one_class() -> None:
    assert scale.sequential(COUNT, [None, None]).borders == ()


def test_every_digit_is_one_character() -> None:
    assert max(scale.MISSING, scale.SMALL, scale.AWAY, scale.CLASSES) < 10


def test_a_measure_of_the_glossary_can_be_scaled() -> None:
    assert scale.sequential(words()["overdue_stock"], [1.0, 2.0]).word.unit == "件"
