"""A load's report in Chinese, as a clerk reads it."""

from data.contract import ledgers
from data.intake.report import FileReport, Report

MOST_ROWS = 200


def told(report: Report, most: int = MOST_ROWS) -> str:
    """The whole report: file by file what was taken, what was turned away and why, then the snapshot."""
    lines = [line for each in report.files for line in _file(each, most)]
    lines += report.notes
    if report.is_only_mended:
        lines.append("没有装入新的数据。")
    elif report.snapshot:
        lines.append(f"已发布快照 {report.snapshot}。")
    elif report.exit_status == 2:
        lines.append("没有装入任何数据，仓库没有变化。")
    return "\n".join(lines)


def _file(each: FileReport, most: int) -> list[str]:
    if each.file_reason:
        return [f"✗ {each.path}：整份没有采用。{each.message}"]
    counts = "，".join(f"{ledgers()[table].title} {count} 条" for table, count in each.accepted.items())
    merged = f"，合并重复 {each.merged} 行" if each.merged else ""
    turned_away = f"，退回 {len(each.rejected)} 行" if each.rejected else ""
    mark = "✓" if not each.rejected else "△" if each.taken else "✗"
    lines = [f"{mark} {each.path}：采用 {counts}{merged}{turned_away}。"]
    lines += [f"    提示：{note}" for note in each.notes]
    lines += [f"    {rejection.message}" for rejection in each.rejected[:most]]
    if len(each.rejected) > most:
        lines.append(
            f"    还有 {len(each.rejected) - most} 行退回，见数据状态页或 python -m data status --rejected。"
        )
    return lines
