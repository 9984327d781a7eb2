"""Tells data rows from what offices write around them: titles, notes, subtotals, examples."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.files import Merge
from data.intake.header import Header, normalised

SUBTOTAL = re.compile(
    r"^(本页|本月|本周|本日|全街道?|街道|社区|\S{0,8}社区)?(合计|小计|总计|累计)[:]?[\d.,\s]*\S{0,4}$"
)
FOOTER = re.compile(
    r"^(填表|填报|制表|审核|复核|审批|报送|单位负责人|分管领导|联系人|注|备注|说明|填表说明)"
    r"(人|单位|日期|时间|员|意见)?(签字|签名|\(?签章\)?|\(盖章\))?\s*[:]"
)
NOTE = re.compile(r"^(注|备注|说明|填表说明|填报说明|注意)\s*[:1-9一二三]")
SIGNATURE = re.compile(r"^(填表|填报|制表|审核|复核)(人|员|单位|日期|时间)?$")
EXAMPLE = re.compile(r"^[\[(【]?(示例|填写说明|样例|填表示例|填写示例)")
SUSPECT = "合计|小计|总计|累计|填表|填报|制表|审核|复核|审批|报送|负责人|分管|联系|注|说明|示例|样例"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
INVISIBLE = re.compile(r"[\s\u00a0\u200b-\u200f\u2060\ufeff\u202a-\u202e]+")


def data_rows(block: pa.Table, header: Header, merges: Sequence[Merge]) -> pa.Table:
    """The block without the rows above and at the header and without what is not data."""
    block = block.filter(pc.greater(block["row"], header.last_row))
    if not block.num_rows:
        return block
    columns = [block[name] for name in block.column_names if name != "row"]
    trimmed = [pc.utf8_trim_whitespace(column) for column in columns]
    filled = sum(pc.not_equal(column, "").cast(pa.int16()).to_numpy() for column in trimmed)
    suspect = filled <= 1
    for column in trimmed:
        suspect |= pc.match_substring_regex(column, SUSPECT).to_numpy()
    told = sorted({index for indexes in header.columns.values() for index in indexes})
    for index in told[:2]:
        suspect |= pc.equal(trimmed[index], header.heading(index)).to_numpy()
    keep = np.ones(block.num_rows, dtype=bool)
    wide_rows = {m.first_row for m in merges if m.last_column - m.first_column >= 2}
    for position in np.flatnonzero(suspect).tolist():
        cells = [column[position].as_py() for column in columns]
        keep[position] = is_data(cells, header, is_wide=block["row"][position].as_py() in wide_rows)
    return block.filter(pa.array(keep))


def is_data(cells: Sequence[str], header: Header, is_wide: bool = False) -> bool:
    """Whether one row is a record, not a blank, title, note, subtotal, example or repeated heading."""
    clean = [INVISIBLE.sub("", unicodedata.normalize("NFKC", cell)) for cell in cells]
    filled = [cell for cell in clean if cell]
    if not filled:
        return False
    first = filled[0]
    if EXAMPLE.match(first) or FOOTER.match(first) or NOTE.match(first) or SIGNATURE.match(first):
        return False
    if any(SUBTOTAL.match(cell) for cell in filled[:2]):
        return False
    if len(filled) == 1 and (is_wide or (clean[0] and len(CHINESE.findall(first)) >= 4)):
        return False
    return not _repeats(clean, header)


def _repeats(clean: Sequence[str], header: Header) -> bool:
    told = [index for indexes in header.columns.values() for index in indexes if index < len(clean)]
    same = sum(
        1 for index in told if clean[index] and normalised(clean[index]) == normalised(header.heading(index))
    )
    return same >= 2 and same * 2 >= len([index for index in told if clean[index]])
