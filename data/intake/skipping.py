"""Tells data rows from what offices write around them: titles, notes, subtotals, examples."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.text import INVISIBLE
from data.files import Merge
from data.intake.header import Header, normalised

SUBTOTAL = re.compile(
    r"(本页|本月|本周|本日|本季度?|本年度?|全街道?|全年|\S{0,10}(街道|社区|村|网格|园区|月份?|季度|年度?|周|类|页))?"
    r"(合计|小计|总计|累计)(数|人数|件数)?(\([^()]*\))?[:：]?[\d.,]*(人次|[人户个条起处件家])?"
)
FOOTER = re.compile(
    r"(填表|填报|制表|审核|复核|审批|报送|统计|经办|校对|核对|单位负责|主管|分管领导|联系|联系电话|注|备注|说明|填表说明)"
    r"(人|单位|部门|日期|时间|员|意见|领导)?(签字|签名|签章|盖章|\([^()]*\))*:"
)
NOTE = re.compile(r"(注|备注|说明|填表说明|填报说明|注意|注意事项)[:1-9一二三]|以下(空白|无正文)|此行以下")
SIGNATURE = re.compile(r"(填表|填报|制表|审核|复核)((人|员|单位|日期|时间)?|(人|员)\S{2,12})")
EXAMPLE = re.compile(
    r"[\[(【]?(填表|填写)?(示例|样例|填写说明|填表说明)(?![\u4e00-\u9fff])|(示例|样例)(行|数据|[:(])"
)
# A cheap net for the block as a whole; only the rows it catches are looked at one by one.
SUSPECT = "|".join(
    "[\\s\u3000\u00a0]*".join(word)
    for word in (
        *(
            "合计",
            "小计",
            "总计",
            "累计",
            "填表",
            "填报",
            "填写",
            "制表",
            "审核",
            "复核",
            "审批",
            "报送",
            "统计",
            "经办",
        ),
        *("校对", "核对", "负责", "主管", "分管", "联系", "注", "备注", "说明", "示例", "样例", "以下"),
    )
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[，。；：、！？,;:!?]")
LONGEST_NAME = 20
# In a column of words a lone word may be a name whose row is unfinished; in the others it is a remark.
WORDS = frozenset(
    ["label", "text", "community", "grid_name", "subject_name", "person_name", "province", "choice", "door"]
)


def data_rows(block: pa.Table, header: Header, merges: Sequence[Merge]) -> pa.Table:
    """The block without the rows above and at the header and without what is not data."""
    block = block.filter(pc.greater(block["row"], header.last_row))
    if not block.num_rows:
        return block
    columns = [block[name] for name in block.column_names if name != "row"]
    is_filled = [pc.not_equal(pc.utf8_trim_whitespace(column), "").to_numpy() for column in columns]
    keep = np.logical_or.reduce([is_filled[index] for index in header.telling])
    place = np.cumsum(is_filled, axis=0)
    suspect = place[-1] <= 1
    for index, column in enumerate(columns):
        is_early = is_filled[index] & (place[index] <= 2)
        if is_early.any():
            suspect |= is_early & pc.match_substring_regex(column, SUSPECT).to_numpy()
    for index in header.told:
        written = {cells[index] for cells in header.levels if index < len(cells) and cells[index].strip()}
        if written:
            suspect |= pc.is_in(columns[index], pa.array(sorted(written), pa.string())).to_numpy()
    wide_rows = {m.first_row for m in merges if m.last_column - m.first_column >= 2}
    for position in np.flatnonzero(suspect & keep).tolist():
        cells = [column[position].as_py() for column in columns]
        keep[position] = is_data(cells, header, is_wide=block["row"][position].as_py() in wide_rows)
    return block.filter(pa.array(keep))


def is_data(cells: Sequence[str], header: Header, is_wide: bool = False) -> bool:
    """Whether one row is a record, not a blank, title, note, subtotal, example or repeated heading."""
    clean = ["".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", cell)).split()) for cell in cells]
    filled = [(index, cell) for index, cell in enumerate(clean) if cell]
    if not filled:
        return False
    first = filled[0][1]
    if EXAMPLE.match(first) or FOOTER.match(first) or NOTE.match(first) or SIGNATURE.fullmatch(first):
        return False
    if any(SUBTOTAL.fullmatch(cell) for _, cell in filled[:2]):
        return False
    if len(filled) == 1 and (is_wide or _is_remark(*filled[0], header)):
        return False
    return not _repeats(clean, header)


def _is_remark(column: int, cell: str, header: Header) -> bool:
    """Whether the only filled cell of a row says something about the sheet instead of naming a record."""
    if len(CHINESE.findall(cell)) < 4:
        return False
    types = {header.ledger.field(name).type for name, told in header.columns.items() if column in told}
    return not types & WORDS or len(cell) > LONGEST_NAME or SENTENCE.search(cell) is not None


def _repeats(clean: Sequence[str], header: Header) -> bool:
    """Whether the row says one of the heading rows again."""
    told = [index for index in header.told if index < len(clean) and clean[index]]
    for level in header.levels:
        same = sum(
            1 for index in told if index < len(level) and normalised(clean[index]) == normalised(level[index])
        )
        if same >= 2 and same * 2 >= len(told):
            return True
    return False
