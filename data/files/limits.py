"""How big an office file may be before it is refused: bytes, unpacked bytes, rows and columns."""

from dataclasses import dataclass

from data.trouble import FileRefused

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE


@dataclass(frozen=True)
class Limits:
    """None means unlimited. `max_rows` counts rows that are not blank, one heading row not included."""

    max_bytes: int | None
    max_unpacked_bytes: int | None
    max_rows: int | None
    max_columns: int = 512

    def check_bytes(self, name: str, size: int) -> None:
        """Refuse a file that is too big on disk."""
        if self.max_bytes is not None and size > self.max_bytes:
            raise FileRefused(
                "too_large",
                f"「{name}」有 {in_megabytes(size)}，超过 {in_megabytes(self.max_bytes)} 的上限，"
                "请按月份或社区拆成几个文件再导入。",
            )

    def check_unpacked(self, name: str, size: int) -> None:
        """Refuse a compressed file that grows too big when it is unpacked."""
        if self.max_unpacked_bytes is not None and size > self.max_unpacked_bytes:
            raise FileRefused(
                "too_large",
                f"「{name}」解压后超过 {in_megabytes(self.max_unpacked_bytes)} 的上限，"
                "请删去图片和多余的工作表，或拆成几个文件再导入。",
            )

    def check_rows(self, where: str, count: int) -> None:
        """Refuse a sheet with more rows than allowed; `where` names the file and the sheet."""
        if self.max_rows is not None and count > self.max_rows + 1:
            raise FileRefused(
                "too_large", f"{where}超过 {self.max_rows:,} 行的上限，请按月份或社区拆成几个文件再导入。"
            )

    def check_columns(self, where: str, count: int) -> None:
        """Refuse a sheet with more columns than allowed; `where` names the file and the sheet."""
        if count > self.max_columns:
            raise FileRefused(
                "too_large",
                f"{where}用到了第 {count:,} 列，超过 {self.max_columns} 列的上限，请删去右边多余的列再导入。",
            )


def in_megabytes(size: int) -> str:
    """20971520 -> "20 MB"; whole numbers from one megabyte on, tenths below."""
    return f"{size / MEGABYTE:,.0f} MB" if size >= MEGABYTE else f"{size / MEGABYTE:.1f} MB"


WORKBOOK_LIMITS = Limits(20 * MEGABYTE, 200 * MEGABYTE, 200_000)
UPLOAD_LIMITS = WORKBOOK_LIMITS
CSV_LIMITS = Limits(2 * GIGABYTE, 2 * GIGABYTE, 2_000_000)
NO_LIMIT = Limits(None, None, None)
