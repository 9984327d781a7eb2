"""The small line of a card."""

from pages.parts.trend import line


def test_fewer_than_two_values_draw_nothing() -> None:
    assert line([None, 3.0], "走势") == '<div class="trend"></div>'


def test_a_line_says_what_it_shows_to_those_who_cannot_see_it() -> None:
    assert 'role="img" aria-label="超期存量近 3 天走势"' in line([1.0, 2.0, 4.0], "超期存量近 3 天走势")


def test_what_a_line_says_cannot_break_out_of_it() -> None:
    assert '"><script>' not in line([1.0, 2.0], '"><script>')


def test_every_line_stands_on_zero() -> None:
    assert "top:36.0%" in line([6.0, 4.0], "走势"), "two thirds of the height, not the floor"
    assert "top:14.2%" in line([27.0, 25.0], "走势")
    assert "top:92.0%" in line([2.0, 0.0], "走势")
    assert "top:92.0%" in line([3.0, -3.0], "走势"), "a negative value goes below zero"


def test_a_day_without_a_value_keeps_its_place() -> None:
    assert "50.0%" not in line([0.0, None, 8.0], "走势").split("polygon")[1]
