"""An answer as text for a terminal or a file: a table to read, csv or json to keep."""

import json
import unicodedata
from collections.abc import Callable, Mapping

import pandas as pd

# A spreadsheet runs a cell that begins so.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(answer: pd.DataFrame) -> str:
    """Comma-separated lines; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    plain = _plain(answer)
    return plain.map(_harmless).to_csv(index=False, lineterminator="\n")


def as_json(answer: pd.DataFrame) -> str:
    """A list of objects, one a row, missing values as null."""
    return json.dumps(_plain(answer).to_dict("records"), ensure_ascii=False, indent=1) + "\n"


def as_table(answer: pd.DataFrame) -> str:
    """Columns side by side, a Chinese character two places wide; a single row is turned on its side."""
    plain = _plain(answer)
    rows = [list(plain.columns), *plain.values.tolist()]
    if len(plain) == 1 and len(plain.columns) > 6:
        rows = [[name, plain[name].iloc[0]] for name in plain.columns]
    texts = [[_short(cell) for cell in row] for row in rows]
    widths = [max(_width(row[place]) for row in texts) for place in range(len(texts[0]))]
    lines = (
        "  ".join(cell + " " * (wide - _width(cell)) for cell, wide in zip(row, widths, strict=True))
        for row in texts
    )
    return "\n".join(line.rstrip() for line in lines) + "\n"


FORMATS: Mapping[str, Callable[[pd.DataFrame], str]] = {"csv": as_csv, "json": as_json, "table": as_table}


def _plain(answer: pd.DataFrame) -> pd.DataFrame:
    """Days and moments as text, every missing value as None."""
    plain = answer.astype(object)
    for name in answer.columns:
        if pd.api.types.is_datetime64_any_dtype(answer[name]):
            form = "%Y-%m-%d" if name.endswith("_on") else "%Y-%m-%d %H:%M:%S"
            plain[name] = answer[name].dt.strftime(form).astype(object)
    return plain.where(answer.notna(), None)


def _short(cell: object) -> str:
    """A cell for the eye: four places at most. csv and json keep every digit."""
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".")
    return "—" if cell is None else str(cell)


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and unicodedata.normalize("NFKC", cell).startswith(FORMULA_STARTS):
        return "'" + cell
    return cell


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
