"""Several rates of one answer side by side as bars, each with what it was counted from."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pages.parts import charts, labels, words

Rate = tuple[str, str, str]


def columns(rates: Sequence[Rate]) -> list[str]:
    """The rates with their parts, for the drawer."""
    return [name for names in rates for name in names]


def bars(told: Mapping[Hashable, Any], rates: Sequence[Rate], title: str, key: str) -> None:
    """One bar a rate: its name, its numerator and its denominator in `told`."""
    charts.bars(
        [labels.label(rate) for rate, _, _ in rates],
        [told[rate] for rate, _, _ in rates],
        replace(labels.term(rates[0][0]), label=title),
        key,
        bases=[words.part_of(told[part], told[whole]) for _, part, whole in rates],
    )
