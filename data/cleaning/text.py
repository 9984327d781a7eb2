"""Reads the words of a cell: names, codes and remarks, freed of everything a reader cannot see."""

import re
import unicodedata

from data.cleaning.fault import Fault, cell_fault

LONGEST_TEXT = 5_000
TOO_LONG = Fault("text_too_long")

# Zero-width, joining, filling and bidi characters, byte order marks, tags, variation selectors, lone
# surrogates (which no file could store), and controls other than white space.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]+"
)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―─━−﹘", "-"))
_BLANK = re.compile("[-/无‐‑‒–—―─━−﹘ ]*")
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# A tab, a line feed and a carriage return, as a workbook's XML escapes them; a real break may follow.
_ESCAPED_BREAK = re.compile(r"(?:_x000[9AaDd]_)+\n?")
_SPACE_RUN = re.compile(r"\s+")
_SPACE_IN_LINE = re.compile(r"[^\S\n]+")
# Between two Latin words of a code the space is part of it; anywhere else it came from the keyboard.
_STRAY_SPACE = re.compile(r"(?<![A-Z]) | (?![A-Z])")


def unescaped(text: str) -> str:
    """The text with `_x000D_`, as a workbook writes a carriage return, for the line break it stands for."""
    return _ESCAPED_BREAK.sub("\n", text) if "_x000" in text else text


def tidy(text: str) -> str:
    """The text on one line: NFKC, nothing invisible, runs of white space as one space, trimmed."""
    text = unescaped(text)
    if text.isascii():
        if text.isprintable() and "  " not in text:
            return text.strip()
    else:
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return _SPACE_RUN.sub(" ", INVISIBLE.sub("", text)).strip()


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, or only `-`, `/`, `—` or `无`, however often."""
    return _BLANK.fullmatch(tidy(text)) is not None


def label(text: str) -> str | Fault | None:
    """A name or kind on one line. Over 5,000 characters is a fault; a broken formula is unknown."""
    cleaned = tidy(text)
    if _BLANK.fullmatch(cleaned) or cell_fault(cleaned):
        return None
    return TOO_LONG if len(cleaned) > LONGEST_TEXT else cleaned


def free_text(text: str) -> str | Fault | None:
    """A remark with its line breaks. Over 5,000 characters is a fault; a broken formula is unknown."""
    text = unescaped(text)
    if text.isascii() and text.isprintable():
        cleaned = _SPACE_IN_LINE.sub(" ", text).strip()
    else:
        cleaned = unicodedata.normalize("NFKC", INVISIBLE.sub("", _LINE_END.sub("\n", text)))
        lines = [_SPACE_IN_LINE.sub(" ", line).strip() for line in INVISIBLE.sub("", cleaned).split("\n")]
        cleaned = "\n".join(lines).strip()
    if _BLANK.fullmatch(cleaned) or cell_fault(cleaned):
        return None
    return TOO_LONG if len(cleaned) > LONGEST_TEXT else cleaned


def code(text: str) -> str | None:
    """A number or code of the office in upper case, every kind of dash as `-`, without stray spaces."""
    cleaned = tidy(text).translate(DASHES)
    if _BLANK.fullmatch(cleaned) or cell_fault(cleaned):
        return None
    cleaned = cleaned.upper()
    return _STRAY_SPACE.sub("", cleaned) if " " in cleaned else cleaned
