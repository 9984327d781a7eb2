"""Tells faults of the disk from our own, and says them in Chinese."""

import errno
from pathlib import Path

import duckdb

from data.trouble import WarehouseUnwritable

UNWRITABLE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)
CAUSES = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过允许的大小",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "上级文件夹不存在",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "路径中有一段是文件，不是文件夹",
    errno.ENAMETOOLONG: "路径太长",
}
OUT_OF_SPACE = (duckdb.IOException, duckdb.OutOfMemoryException)


def refuse_no_folder(folder: Path) -> None:
    """Raises WarehouseUnwritable where a file stands in the folder's place or cannot be looked behind."""
    try:
        for place in (folder, *folder.parents):
            if place.is_dir():
                return
            if place.exists():
                raise WarehouseUnwritable(
                    f"仓库位置 {folder} 不能用：{place} 是一个文件，不是文件夹；请用 --store 另选一个文件夹。"
                )
    except OSError as fault:
        raise WarehouseUnwritable(
            f"仓库位置 {folder} 不能用（{cause(fault)}）；请用 --store 另选一个文件夹。"
        ) from fault


def is_of_the_disk(fault: Exception, folder: Path) -> bool:
    """Whether the store could not be written; DuckDB says so in several ways, depending on the moment."""
    if isinstance(fault, OSError):
        is_elsewhere = fault.filename is not None and folder not in Path(fault.filename).parents
        return fault.errno in UNWRITABLE and not is_elsewhere
    return isinstance(fault, OUT_OF_SPACE) or "Could not write" in str(fault)


def cause(fault: Exception) -> str:
    """What was wrong, in a few Chinese words."""
    if isinstance(fault, OSError):
        return CAUSES.get(fault.errno or 0, f"系统错误 {fault.errno}")
    return "内存或磁盘不够" if isinstance(fault, duckdb.OutOfMemoryException) else "数据库文件写不进去"
