"""What a template does to the cells of a foreign file: changes, score bands, rows left out."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.template import Band, Condition, Template
from data.trouble import FileRefused

Change = Callable[[str], str]


def changed(column: pa.ChunkedArray, change: Change) -> pa.ChunkedArray:
    """A text column with every distinct text changed once."""
    encoded = pc.dictionary_encode(column).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts = pa.array([change(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([texts.take(encoded.indices)])


def banded(bands: Sequence[Band]) -> Change:
    """The change from a score's text to the value of its band; no score, no value."""

    def value_of(text: str) -> str:
        try:
            score = float(text)
        except ValueError:
            return ""
        return next((band.value for band in bands if score <= band.up_to), "")

    return value_of


def kept(block: pa.Table, condition: Condition, column: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which rows of a block meet a condition on one of its columns."""
    text = pc.utf8_trim_whitespace(block[f"c{column}"])
    if condition.prefix:
        met = pc.starts_with(text, condition.prefix)
    elif not condition.values:
        met = pc.not_equal(text, "")
    else:
        met = pc.is_in(text, pa.array(condition.values, pa.string()))
    flags: np.ndarray[Any, np.dtype[np.bool_]] = met.to_numpy().astype(bool)
    return ~flags if condition.is_not else flags


def refuse_missing(missing: Sequence[str], template: Template) -> FileRefused:
    """The refusal of a file that lacks headings its template names."""
    names = "、".join(f"「{heading}」" for heading in missing)
    return FileRefused(
        "missing_required_column",
        f"文件缺少模板「{template.title}」要用的列：{names}。请核对是不是这份来源。",
    )
