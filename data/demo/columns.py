"""Columns of a ledger on their way to a file: arrays of numbers, days and moments made Arrow columns."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Integers: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
# Arrow ships no types: a column is whatever pyarrow makes of it.
Column: TypeAlias = Any

# The moment or day that did not happen (yet): what numpy reads as NaT.
NEVER = np.iinfo(np.int64).min
DAY = 86_400
HOUR = 3_600
MINUTE = 60


def words(vocabulary: Sequence[str], index: npt.ArrayLike) -> Column:
    """The word at each index; blank where the index is negative."""
    at = np.asarray(index, np.int64)
    indices = pa.array(np.maximum(at, 0).astype(np.int32), mask=at < 0)
    return pa.DictionaryArray.from_arrays(
        indices, pa.array(list(vocabulary), pa.string())
    ).dictionary_decode()


def moments(seconds: Integers) -> Column:
    """Moments given in seconds since 1970, cut to whole minutes; blank where it never happened."""
    whole = np.where(seconds == NEVER, NEVER, seconds // MINUTE * MINUTE)
    return pa.array(whole.view("M8[s]"))


def days(numbers: Integers) -> Column:
    """Days given as days since 1970; blank where it never happened."""
    return pa.array(numbers.view("M8[D]"))


def counts(numbers: npt.ArrayLike, unknown: Flags | None = None) -> Column:
    """Whole numbers; blank where unknown."""
    return pa.array(np.asarray(numbers, np.int64), mask=unknown)


def figures(numbers: Floats, unknown: Flags | None = None) -> Column:
    """Numbers with decimals; blank where unknown."""
    return pa.array(numbers, mask=unknown)


def yes_no(flags: Flags, unknown: Flags | None = None) -> Column:
    """是 or 否; blank where unknown."""
    column = words(("否", "是"), flags.astype(np.int64))
    return column if unknown is None else blank(column, unknown)


def numbered(prefix: str, numbers: npt.ArrayLike) -> Column:
    """Codes: a prefix and a number that already carries its leading digits (year, month)."""
    return joined(prefix, pa.array(np.asarray(numbers, np.int64)).cast(pa.string()))


def joined(*parts: Column | str) -> Column:
    """Texts put together row by row; a blank part makes the whole blank."""
    return pc.binary_join_element_wise(*parts, "")


def blank(column: Column, where: Flags) -> Column:
    """The column with the marked rows left empty."""
    return pc.if_else(pa.array(where), pa.scalar(None, column.type), column)


def choose(roll: np.random.Generator, weights: npt.ArrayLike, size: int) -> Integers:
    """Indices drawn with the given weights: what `Generator.choice` does, many times faster."""
    edges = np.cumsum(np.asarray(weights, np.float64))
    return np.asarray(np.searchsorted(edges, roll.random(size) * edges[-1], side="right"), np.int64)
