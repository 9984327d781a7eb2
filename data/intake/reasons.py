"""The reason codes of the import contract, each with the Chinese sentence that tells a clerk what to do."""

from collections.abc import Mapping

# What stands after 「heading」是「value」 for each row reason.
ADVICE: Mapping[str, str] = {
    "missing_required": "必须填写，请补上",
    "date_ambiguous": "看不出是哪一年哪一天，请写成完整日期，如 2026-11-22",
    "date_invalid": "应为日期,如 2026-11-22",
    "date_out_of_range": "超出允许的日期范围，请核对年份",
    "closed_before_reported": "早于发现日期，请核对两个日期",
    "times_out_of_order": "早于它前面一步的时间，请按发现、立案、派遣、处置、复查、销号的先后核对",
    "negative_count": "不能是负数，请核对",
    "not_a_number": "应为数字，如 12",
    "not_a_flag": "应为 是 或 否",
    "unknown_colour": "应为 绿、黄、红 之一",
    "unknown_level": "应为 一般、较大、重大 之一",
    "unknown_status": "应为 待整改、整改中、已整改、已销号 之一",
    "unknown_direction": "应为 返乡、返岗、留守 之一",
    "unknown_grid": "在网格信息里找不到，请核对编码，或先装载网格信息",
    "unknown_community": "在网格信息里找不到这个社区，请核对名称，或先装载网格信息",
    "grid_community_mismatch": "与所填社区不一致，请核对网格或社区",
    "unknown_enterprise": "在企业台账里找不到（或有多家同名），请核对，或先装载企业台账",
    "bad_id_number": "不是有效的身份证号；若显示为科学计数法，请把该列设为文本后重新填写",
    "text_too_long": "超过 5000 字，请缩短",
    "formula_no_value": "是没有计算结果的公式，请在表格软件里打开、保存后再装载，或粘贴为数值",
    "cell_error": "是错误值，请改正公式或填写实际内容",
    "ends_before_start": "早于开始的日子，请核对两个日期",
    "override_needs_two_people": "人工调整要由一人提出、另一人批准，请写全两个人的姓名",
    "override_too_long": "人工调整最长 30 天，请把终止日期写在生效日期之后 30 天以内",
    "duplicate_conflict": "与本文件另一行说的是同一件事而内容不同，请只留一行，或加上「更新时间」列",
}


def sentence(reason: str, sheet: str, row: int, heading: str, value: str) -> str:
    """One sentence: where the row is, which heading, what stands there, what to do."""
    where = f"工作表「{sheet}」第{row}行" if sheet else f"第{row}行"
    shown = value.replace("\n", " ")
    told = f"「{heading}」是「{shown}」," if shown else f"「{heading}」为空,"
    if reason == "duplicate_conflict" and not shown:
        told = ""
    return f"{where}{told}{ADVICE[reason]}"
