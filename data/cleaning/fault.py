"""Why the text of a cell is not a value: the reason codes of the import contract, as values to pass on."""

import re
from dataclasses import dataclass

NO_RESULT = "\ue000"
ERROR_MARK = "\ue001"


@dataclass(frozen=True)
class Fault:
    """The reason, in the words of the import contract, why a cell holds no value."""

    reason: str


NO_STORED_RESULT = Fault("formula_no_value")
ERROR_IN_CELL = Fault("cell_error")

# What the office's own programs write into a cell, and into a CSV they save, when a formula fails.
_ERROR_WORD = re.compile(
    r"#(?:N/A|NAME\?|GETTING_DATA|(?:VALUE|REF|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|UNKNOWN|CONNECT|BUSY)!)",
    re.IGNORECASE,
)
_FIRST_LETTERS = frozenset((NO_RESULT, ERROR_MARK, "#"))


def cell_fault(text: str) -> Fault | None:
    """The fault of a formula that failed or was never worked out; None for every other text."""
    if text[:1] not in _FIRST_LETTERS:
        return None
    if text.startswith(NO_RESULT):
        return NO_STORED_RESULT
    return ERROR_IN_CELL if text.startswith(ERROR_MARK) or _ERROR_WORD.fullmatch(text) else None
