"""What columns and codes are called on a page: always as the glossary says."""

from data import glossary
from data.contract import ledgers
from data.glossary import Word


def term(name: str) -> Word:
    """The glossary's word. Raises KeyError for a name it does not know: no page shows such a column."""
    return glossary.words()[name]


def label(name: str) -> str:
    """What a column or a measure is called."""
    return term(name).label


def heading(name: str) -> str:
    """The label with its unit, for the head of a table; per cent stands in the cells."""
    word = term(name)
    return f"{word.label}（{word.unit}）" if word.unit not in ("", "%") else word.label


def said(name: str, value: str) -> str:
    """A code in words; a text that is no code stays as it is."""
    if name == "ledger":
        return ledgers()[value].title if value in ledgers() else value
    return term(name).values.get(value, value)
