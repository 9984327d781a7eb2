"""Every way to read one cell: raw text in, a clean value out, or None for "not said", or a Fault."""

from data.cleaning.choices import choice, flag
from data.cleaning.dates import day, moment
from data.cleaning.fault import Fault, cell_fault
from data.cleaning.identity import id_number, phone
from data.cleaning.numbers import count, number, signed_count
from data.cleaning.text import code, free_text, is_blank, label, tidy

__all__ = [
    "Fault",
    "cell_fault",
    "choice",
    "code",
    "count",
    "day",
    "flag",
    "free_text",
    "id_number",
    "is_blank",
    "label",
    "moment",
    "number",
    "phone",
    "signed_count",
    "tidy",
]
