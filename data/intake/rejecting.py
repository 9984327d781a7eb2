"""Keeps what may be kept of a rejected row: where it stood, what was wrong, its harmless cells."""

import json

import numpy as np

from data.cleaning.fault import ERROR_MARK, NO_RESULT
from data.cleaning.personal import scrub
from data.cleaning.values import tidy
from data.contract import Field
from data.intake.header import field_heading
from data.intake.report import ECHOED_CHARACTERS, Rejection
from data.intake.work import Work

HIDDEN = "***"


def rejections(work: Work) -> list[Rejection]:
    """One rejection for every faulty row of the block."""
    reader = work.reader
    found = []
    for position in np.flatnonzero(work.faults.is_faulty).tolist():
        name, reason = work.faults.of(position)
        each = reader.ledger.field(name)
        found.append(
            Rejection(
                sheet=reader.sheet_name,
                row=work.block["row"][position].as_py(),
                heading=field_heading(reader.header, each),
                value=_echo(work, each, position),
                reason=reason,
                cells=_kept_cells(work, position),
            )
        )
    return found


def _echo(work: Work, each: Field, position: int) -> str:
    indexes = work.reader.header.columns.get(each.name, ())
    texts = [work.block[f"c{index}"][position].as_py() for index in indexes]
    text = next((text for text in texts if text), "")
    if each.is_personal and text:
        return HIDDEN
    return str(scrub(tidy(text.replace(NO_RESULT, "").replace(ERROR_MARK, ""))))[:ECHOED_CHARACTERS]


def _kept_cells(work: Work, position: int) -> str:
    """The recognised cells that are not personal, as JSON by heading, so that the row can be found."""
    reader = work.reader
    told = [
        each for each in reader.ledger.fields if each.name in reader.header.columns and not each.is_personal
    ]
    cells = {field_heading(reader.header, each): _echo(work, each, position) for each in told}
    return json.dumps(cells, ensure_ascii=False)
