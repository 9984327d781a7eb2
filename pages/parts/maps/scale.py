"""Which class a value falls into: a few, with round borders, the same for every frame and side of a map."""

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.glossary import Word
from pages.parts import words
from pages.parts.maps import colours
from pages.parts.maps.colours import Colour

Numbers = npt.NDArray[np.float64]

CLASSES = 6
# What a grid is drawn as where it has no colour of its own: each is one digit.
MISSING, SMALL, AWAY = 7, 8, 9
ROUND = (1, 2, 2.5, 5, 10)
# Rates closer together than this look alike, so that a ripple does not look like a wave.
LEAST_RATE_STEP = 0.05


@dataclass(frozen=True)
class Scale:
    """The borders between the classes of a measure, ascending; a border belongs to the class above it."""

    word: Word
    borders: tuple[float, ...]
    is_difference: bool = False
    is_whole: bool = False

    @property
    def colours(self) -> tuple[Colour, ...]:
        """A colour of the theme for each class."""
        return colours.diverging() if self.is_difference else colours.ramp(len(self.borders) + 1)

    @property
    def said(self) -> tuple[str, ...]:
        """Every class in words: < 3, 3, 4–6, ≥ 7; whole numbers name both ends they hold."""
        if not self.borders:
            return ("有记录",)
        pairs = zip(self.borders, self.borders[1:], strict=False)
        between = [self._between(low, high) for low, high in pairs]
        first, last = self.borders[0], self.borders[-1]
        lowest = f"≤ {self._written(first - 1)}" if self.is_whole else f"< {self._written(first)}"
        if self.is_whole and first == 1:
            lowest = "0"
        is_full = self.word.unit == "%" and last == 1 and not self.is_difference
        return (lowest, *between, self._written(last) if is_full else f"≥ {self._written(last)}")

    def _between(self, low: float, high: float) -> str:
        if not self.is_whole:
            return f"{self._written(low)} ~ {self._written(high)}"
        last = high - 1
        return self._written(low) if low == last else f"{self._written(low)} ~ {self._written(last)}"

    def class_of(self, value: float | None, *, is_reported: bool = True, is_small: bool = False) -> int:
        """The class of a value; not reported, and too little to judge (0/0 above all), have their own."""
        if not is_reported:
            return MISSING
        if is_small or value is None or words.is_missing(value):
            return SMALL
        return bisect_right(self.borders, value)

    def _written(self, border: float) -> str:
        if self.word.unit == "%":
            text = f"{border * 100:.4g}%"
        else:
            text = f"{border:,.4g}" if abs(border) < 10_000 else words.number(border)
        signed = f"+{text}" if self.is_difference and border > 0 else text
        return signed.replace("-", words.MINUS)


def sequential(word: Word, values: Iterable[float | None]) -> Scale:
    """From little to much: even steps for rates, about as many grids in each class for everything else."""
    known = _known(values)
    if not len(known):
        return Scale(word, ())
    if word.unit == "%":
        return Scale(word, _even(known))
    return Scale(word, _alike(known), is_whole=_are_whole(known))


def difference(word: Word, values: Iterable[float | None]) -> Scale:
    """From less to more, around no change."""
    known = np.abs(_known(values))
    widest = float(np.quantile(known, 0.95)) if len(known) else 0.0
    step = _round_up(widest / 3) or 1.0
    if word.unit != "%" and _are_whole(known):
        step = math.ceil(step)
        return Scale(
            word, (-2 * step, -step, 0, 1, step + 1, 2 * step + 1), is_difference=True, is_whole=True
        )
    if word.unit == "%":
        step = max(step, LEAST_RATE_STEP)
    return Scale(word, (-2 * step, -step, -step / 5, step / 5, step, 2 * step), is_difference=True)


def _even(known: Numbers) -> tuple[float, ...]:
    low, high = (float(np.quantile(known, share)) for share in (0.05, 0.95))
    step = max(_round_up((high - low) / (CLASSES - 1)), LEAST_RATE_STEP)
    first = math.floor(low / step) + 1
    borders = [round((first + nth) * step, 6) for nth in range(CLASSES - 1)]
    return tuple(border for border in borders if border <= max(high, borders[0]) and border < 1 + step / 2)


def _alike(known: Numbers) -> tuple[float, ...]:
    """Where most are alike, as on quiet days, the others are cut among themselves."""
    cuts = _cuts(known, float(known.min()))
    others = known[known > known.min()]
    if len(cuts) < CLASSES // 2 and len(others):
        cuts = _cuts(np.append(others, others.min()), float(known.min()))
    return tuple(sorted(cuts))


def _cuts(known: Numbers, lowest: float) -> set[float]:
    shares = [nth / CLASSES for nth in range(CLASSES)]
    cuts = {_rounded(float(cut), _are_whole(known)) for cut in np.quantile(known, shares)}
    return {cut for cut in cuts if cut > lowest}


def _rounded(cut: float, whole: bool) -> float:
    """Two digits are enough for a border, and a count needs no fraction."""
    if not cut:
        return 0.0
    rounded = round(cut, 1 - math.floor(math.log10(abs(cut))))
    return float(math.ceil(rounded)) if whole else rounded


def _round_up(step: float) -> float:
    if step <= 0:
        return 0.0
    size = 10.0 ** math.floor(math.log10(step))
    return next(each * size for each in ROUND if each * size >= step * (1 - 1e-9))


def _known(values: Iterable[float | None]) -> Numbers:
    return np.array([float(value) for value in values if value is not None and not words.is_missing(value)])


def _are_whole(known: Numbers) -> bool:
    return all(float(value).is_integer() for value in known)
