"""What a load tells: every file's outcome, for a program as JSON and for a clerk in Chinese sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data.intake.reasons import sentence

ECHOED_CHARACTERS = 60


@dataclass(frozen=True)
class Rejection:
    """One row that was turned away: where it stands, one of its faults, and what was kept of it."""

    sheet: str
    row: int
    heading: str
    value: str
    reason: str
    cells: str = ""

    @property
    def message(self) -> str:
        """The fault in one sentence a clerk can act on."""
        return sentence(self.reason, self.sheet, self.row, self.heading, self.value)

    def as_json(self) -> dict[str, Any]:
        """The rejection as the import contract prints it."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "heading": self.heading,
            "value": self.value,
            "reason": self.reason,
            "message": self.message,
        }


@dataclass
class FileReport:
    """What happened to one file. `accepted` counts distinct records by table.

    `merged` counts extra rows of the file that were folded into an accepted record. A template makes several
    ledgers of the same rows: the largest of their counts stands, so that it never exceeds the file's rows.
    """

    path: str
    sha256: str = ""
    ledger: str | None = None
    file_reason: str | None = None
    message: str = ""
    accepted: dict[str, int] = field(default_factory=dict)
    merged: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """How many records the file brings, over all its tables."""
        return sum(self.accepted.values())

    @property
    def is_kept(self) -> bool:
        """Whether the file is put on record. If all rows were turned away it is not: it may come again."""
        return not self.file_reason and bool(self.taken or not self.rejected)

    def refuse(self, reason: str, message: str) -> None:
        """Nothing of the file is taken, for a file reason."""
        self.file_reason, self.message = reason, message
        self.accepted, self.merged, self.rejected = {}, 0, []

    def as_json(self) -> dict[str, Any]:
        """The file's outcome as the import contract prints it."""
        return {
            "path": self.path,
            "sha256": self.sha256,
            "ledger": self.ledger,
            "file_reason": self.file_reason,
            "message": self.message,
            "accepted": self.accepted,
            "merged": self.merged,
            "rejected": [each.as_json() for each in self.rejected],
            "notes": self.notes,
        }


@dataclass
class Report:
    """What a whole load or check came to. `notes` tell what was damaged in the warehouse and is mended.

    `is_only_mended`: the snapshot was built anew because the newest was damaged; no file is new in it.
    """

    files: list[FileReport]
    snapshot: str | None = None
    notes: list[str] = field(default_factory=list)
    is_only_mended: bool = False

    def tell_mended(self, snapshot: str, mended: Sequence[str]) -> None:
        """The warehouse was damaged and has been mended before any file was looked at."""
        self.snapshot, self.is_only_mended = snapshot, True
        self.notes += mended

    @property
    def exit_status(self) -> int:
        """0 all accepted, 1 something rejected but the rest taken, 2 nothing taken."""
        if self.files and all(each.file_reason for each in self.files):
            return 2
        refused = any(each.file_reason or each.rejected for each in self.files)
        if refused and not any(each.taken for each in self.files):
            return 2
        return 1 if refused else 0

    def as_json(self) -> dict[str, Any]:
        """The one object that `--json` prints; `notes` only where there is something to tell."""
        told = {"snapshot": self.snapshot, "files": [each.as_json() for each in self.files]}
        return told | ({"notes": self.notes} if self.notes else {})
