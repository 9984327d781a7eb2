"""The warehouse's status in Chinese, as a clerk reads it in a terminal."""

from typing import Any

from data import settings
from data.contract import ledgers
from data.store.mending import restorations
from data.store.status import rejected_rows
from data.warehouse import Store

MOST_ROWS = 500


def status_text(store: Store) -> str:
    """Batches, snapshots and the age of each ledger."""
    status = store.status()
    if not status.batches:
        return f"仓库 {store.folder} 还没有数据。请先装载网格信息，或运行 python -m data demo。"
    lines = [f"仓库 {store.folder}（{status.bytes / 1e6:.0f} MB）"]
    if status.trouble:
        lines.append(f"注意：{status.trouble}")
    lines.append(f"批次 {len(status.batches)} 个，退回 {status.rejected_count} 行：")
    for batch in status.batches:
        demo = "（演示数据）" if batch.is_demo else ""
        counts = "，".join(f"{ledgers()[table].title} {count} 条" for table, count in batch.accepted.items())
        lines.append(
            f"  {batch.loaded_at:%Y-%m-%d %H:%M}  {batch.file_name}{demo}：{counts}，退回 {batch.rejected} 行"
        )
        lines += [f"    注意：{note}" for note in restorations(batch)]
    lines.append(f"快照 {len(status.snapshots)} 个：")
    for line in status.snapshots:
        marks = ("" if line.is_good else "，已损坏") + (
            f"，保留：{line.pinned_for}" if line.pinned_for else ""
        )
        lines.append(f"  {line.name}（{line.batch_count} 个批次，{line.bytes / 1e6:.1f} MB{marks}）")
    return "\n".join([*lines, *_ages(store)])


def status_json(store: Store) -> dict[str, Any]:
    """The same for a program."""
    status = store.status()
    return {
        "store": str(store.folder),
        "trouble": status.trouble,
        "bytes": status.bytes,
        "batches": [batch.as_json() for batch in status.batches],
        "snapshots": [
            {"name": line.name, "is_good": line.is_good, "bytes": line.bytes, "pinned_for": line.pinned_for}
            for line in status.snapshots
        ],
        "rejected": status.rejected_count,
    }


def rejected_text(store: Store, search: str) -> str:
    """The rejected rows in which the text occurs, newest file first."""
    newest = store.newest()
    if newest is None:
        return "仓库还没有数据。"
    rows = rejected_rows(newest, search)
    lines = [f"{row.file_name}：{row.message}" for row in rows.head(MOST_ROWS).itertuples()]
    if len(rows) > MOST_ROWS:
        lines.append(f"还有 {len(rows) - MOST_ROWS} 行，请用更具体的文字查找。")
    return "\n".join(lines) or "没有退回的行。"


def _ages(store: Store) -> list[str]:
    newest = store.newest()
    if newest is None:
        return []
    lines = ["时效："]
    with newest.cursor() as cursor:
        for ledger in ledgers().values():
            if ledger.time is None:
                continue
            row = cursor.execute(f"select max(cast({ledger.time} as date)) from {ledger.table}").fetchone()
            if row and row[0] is not None:
                days = (settings.today() - row[0]).days
                lines.append(
                    f"  {ledger.title}：最新 {row[0]}，{f'{days} 天前' if days >= 0 else '晚于今天'}"
                )
    return lines
