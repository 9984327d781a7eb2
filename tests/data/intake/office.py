"""A small office for the importer's tests: a warehouse with two communities, three grids and two firms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from data.intake.load import Source, check, load
from data.intake.report import FileReport, Report
from data.intake.take import Wishes
from data.warehouse import Store

GRIDS = (
    "社区,网格编码,网格名称\n"
    "幸福社区,WG-0101,第一网格\n幸福社区,WG-0102,第二网格\n平安社区,WG-0201,第一网格\n"
)
FIRMS = (
    "企业编号,统一社会信用代码,企业名称,网格编码\n"
    "QY-1,91330481MA00000001,海天五金厂,WG-0101\n"
    "QY-2,91330481MA00000002,临江饭店,WG-0201\n"
)


@dataclass
class Office:
    """The warehouse folder, and a desk to put files on."""

    store: Store
    desk: Path

    def file(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        """Puts a text file on the desk."""
        path = self.desk / name
        path.write_bytes(text.encode(encoding))
        return path

    def workbook(self, name: str, sheets: Mapping[str, Sequence[Any]], merges: Sequence[str] = ()) -> Path:
        """Puts a workbook on the desk; `merges` are ranges of the first sheet."""
        book = openpyxl.Workbook()
        assert book.active is not None
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        for merge in merges:
            book.worksheets[0].merge_cells(merge)
        path = self.desk / name
        book.save(path)
        return path

    def check(self, path: Path, ledger: str | None = None, **wishes: object) -> FileReport:
        """What a check says of one file."""
        return check(self.store, [Source(path, path.name)], Wishes(ledger=ledger, **wishes)).files[0]  # type: ignore[arg-type]

    def load(self, *paths: Path, ledger: str | None = None, **wishes: object) -> Report:
        """Loads files."""
        return load(self.store, [Source(path, path.name) for path in paths], Wishes(ledger=ledger, **wishes))  # type: ignore[arg-type]

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Rows of the newest snapshot."""
        newest = self.store.newest()
        assert newest is not None
        return newest.cursor().execute(sql).fetchall()


def opened(folder: Path) -> Office:
    """An office whose grids and firms are loaded."""
    desk = folder / "desk"
    desk.mkdir(parents=True)
    office = Office(Store(folder / "store"), desk)
    office.load(office.file("网格信息.csv", GRIDS), office.file("企业台账.csv", FIRMS))
    return office
