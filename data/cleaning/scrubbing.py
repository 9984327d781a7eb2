"""Takes identity numbers and telephone numbers out of free text, and leaves every other number alone.

The trade: a case number lost from a remark is a nuisance, an identity number kept is a breach. So 18 digits
with a birthday inside go even if the check digit is wrong (people mistype), unless they begin with 20, which
no identity number does and every time stamp does. Fifteen digits are as long as a grid code, so they go only
if they begin with a province and hold a birthday from 1920 on: in the code of a subdistrict those two places
are 00 to 19. A number that the text itself calls 身份证号 goes whatever it holds.
"""

import re
import unicodedata
from collections.abc import Iterator

from data.cleaning.identity import check_digit, is_birthday
from data.cleaning.text import DASHES, INVISIBLE

ID_MARK = "〔证件号〕"
PHONE_MARK = "〔电话〕"

_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_LOOK_ALIKE = DASHES | str.maketrans("－−．・\u00a0\u3000\t＋（）：ＸｘХх×✕＊", "--.·   +():XXXXXX*")

_SEP = r"[ .·_/-]{0,3}"
_SEPS = r"[ .·_/-]{1,3}"
_FLAGS = re.ASCII | re.IGNORECASE

# Most remarks hold no number long enough; these keep the costly patterns for those that do.
_SEVEN_DIGITS = re.compile(r"\d(?:[^\w\n]{0,3}\d|_\d){6}")
_TEN_DIGITS = re.compile(r"\d(?:[ .·_/()-]{0,3}\d){9}", re.ASCII)
_FOURTEEN_DIGITS = re.compile(rf"\d(?:{_SEP}\d){{13}}", re.ASCII)

# A look-ahead keeps matches from swallowing each other: a refused candidate may hide a good one inside it.
_ID_18 = re.compile(rf"(?<!\d)(?=(\d(?:{_SEP}\d){{16}}{_SEP}[\dx*])(?!\d))", _FLAGS)
_ID_15 = re.compile(rf"(?<!\d)(?=(\d{{6}}{_SEP}\d{{6}}{_SEP}\d{{3}})(?!\d))", _FLAGS)
_ID_LABELLED = re.compile(
    rf"(?:身份证|身份号|证件号|id ?card)[号码为是:. ()]{{0,6}}(?=(\d(?:{_SEP}\d){{13,18}}(?:{_SEP}[x*])?))",
    _FLAGS,
)
_ID_FLOAT = re.compile(r"(?<![\d.])(?=(\d\.\d{9,17}e\+?1[67])(?!\d))", _FLAGS)
_LONG_RUN = re.compile(r"(?<!\d)(?=(\d{19,}x?))", _FLAGS)
_USUAL_GROUPS = frozenset(
    {(18,), (6, 8, 4), (6, 12), (14, 4), (6, 4, 4, 4), (4, 4, 4, 4, 2), (17, 1), (3,) * 6}
)
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")

_NOT_A_DAY = r"(?!20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
_NOT_MONEY = r"(?!(?:\.\d\d?)?\ ?元)"
_MOBILE = re.compile(
    rf"""(?<!\d)(?<![¥￥$])(?<!\d\d\d\.)(?=(
        (?:(?:\+|00)?86{_SEP}|0)?
        (?: 1[3-9]\d{_SEP}\d{{4}}{_SEP}\d{{4}} | 1[3-9]\d\d{_SEPS}\d{{4}}{_SEPS}\d{{3}}
          | 1[3-9]\d{_SEPS}\d{{3}}{_SEPS}\d{{5}} | 1[3-9]\d\d{_SEPS}\d{{3}}{_SEPS}\d{{4}}
          | 1{_SEPS}[3-9](?:{_SEPS}\d){{9}} | (?:1[3-9]\d{{9}}){{2}} )
        )(?!\d){_NOT_MONEY})""",
    _FLAGS | re.VERBOSE,
)
_LANDLINE = re.compile(
    rf"""(?<![\da-z])(?<![a-z]-)(?=(
        (?:\(?(?:\+|00)86\)?{_SEP}\(?0?|\(?0) (?: 10 | 2\d | [3-9]\d\d ) \)?{_SEP}
        {_NOT_A_DAY}[1-9]\d{{2,3}}{_SEP}\d{{4}}
        (?: \ ?(?:转|分机|ext\.?)\ ?\d{{1,6}} | -\d{{1,5}} )? )(?!\d))""",
    _FLAGS | re.VERBOSE,
)
_HOTLINE = re.compile(r"(?<!\d)(?=([48]00-\d{3,4}-?\d{3,4})(?!\d))", _FLAGS)
_PHONE_LABELLED = re.compile(
    rf"(?:电话|手机|座机|联系方式|tel|phone|mobile)[号码是为:. ()]{{0,5}}"
    rf"(?=({_NOT_A_DAY}[1-9]\d{{2,3}}{_SEP}\d{{4}})(?!\d))",
    _FLAGS,
)


def scrub(text: str) -> str:
    """The text with 〔证件号〕 and 〔电话〕 in place of identity numbers and telephone numbers.

    Full-width and other digits, spaces, hyphens and invisible characters between the digits do not hide one.
    """
    if not text.isascii():
        text = INVISIBLE.sub("", text)
    if not _SEVEN_DIGITS.search(text):
        return text
    shadow = text
    if not text.isascii():
        # One character for one character, so that a place in the shadow is the same place in the text.
        shadow = _FOREIGN_DIGIT.sub(
            lambda digit: str(unicodedata.decimal(digit[0])), text.translate(_LOOK_ALIKE)
        )
    patterns = [_PHONE_LABELLED]
    if _TEN_DIGITS.search(shadow):
        patterns += [_MOBILE, _LANDLINE, _HOTLINE]
    spans = [(*found.span(1), PHONE_MARK) for pattern in patterns for found in pattern.finditer(shadow)]
    if _FOURTEEN_DIGITS.search(shadow):
        spans += [(*span, ID_MARK) for span in _id_spans(shadow)]
    return _replaced(text, spans) if spans else text


def _replaced(text: str, spans: list[tuple[int, int, str]]) -> str:
    """The text with every span replaced once; of overlapping spans the first to begin names the mark."""
    pieces, done = [], 0
    for start, end, mark in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done:
            pieces += [text[done:start], mark]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def _id_spans(shadow: str) -> Iterator[tuple[int, int]]:
    for found in _ID_18.finditer(shadow):
        if _is_id_18(found[1].upper()):
            yield found.span(1)
    for found in _ID_15.finditer(shadow):
        digits = re.sub(r"\D", "", found[1])
        if _PROVINCE.match(digits) and digits[6] >= "2" and is_birthday("19" + digits[6:12]):
            yield found.span(1)
    for found in _LONG_RUN.finditer(shadow):
        if _holds_an_id(found[1].upper()):
            yield found.span(1)
    for pattern in (_ID_LABELLED, _ID_FLOAT):
        yield from (found.span(1) for found in pattern.finditer(shadow))


def _is_id_18(written: str) -> bool:
    groups = re.findall(r"[\dX*]+", written)
    places = "".join(groups)
    if not is_birthday(places[6:14]):
        return False
    if check_digit(places) == places[17]:
        return True
    return tuple(map(len, groups)) in _USUAL_GROUPS and not places.startswith("20")


def _holds_an_id(run: str) -> bool:
    """Whether somewhere in a run too long for any number an identity number stands glued to another."""
    windows = (run[at : at + 18] for at in range(len(run) - 17))
    return any(
        _PROVINCE.match(window) and is_birthday(window[6:14]) and check_digit(window) == window[17]
        for window in windows
    )
