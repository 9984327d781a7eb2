"""Which closings show a photo that is not their own: compared when asked, for photos stay in the folder."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pandas as pd

from data import photos

# So long a name is no "IMG_0001.jpg", which every camera gives: two cases that name it mean one file.
OWN_NAME = 9
# Pictures are unpacked to be compared by sight only where they are few enough not to be waited for.
SEEN_AT_MOST = 2000


@dataclass
class Case:
    """One closing's photos as its ledger names them."""

    hazard_no: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_of_period: bool
    closed_at: datetime

    @property
    def turn(self) -> tuple[datetime, str]:
        """Who comes later took the photo from who came first."""
        return self.closed_at, self.hazard_no


@dataclass
class Comparison:
    """Everything the photos of a period are compared with."""

    cases: list[Case]
    album: photos.Album = field(default_factory=photos.album)

    def __post_init__(self) -> None:
        self.by_name: dict[str, list[Case]] = defaultdict(list)
        self.by_size: dict[int, list[tuple[Case, Path]]] = defaultdict(list)
        for case in self.cases:
            for name in (*case.before, *case.after):
                self.by_name[name].append(case)
                if path := self.album.find(name):
                    self.by_size[path.stat().st_size].append((case, path))
        asked = [case for case in self.cases if case.is_of_period]
        self.is_seen = sum(len(case.before) + len(case.after) for case in asked) <= SEEN_AT_MOST
        self.by_sight: dict[int, list[Case]] = defaultdict(list)
        for case in asked if self.is_seen else ():
            for found in self._prints(case.after):
                if found.bits is not None:
                    self.by_sight[found.bits].append(case)

    def judged(self) -> Iterator[tuple[str, bool]]:
        """The closings of the period of which something can be said, and whether a photo is not their own."""
        for case in self.cases:
            if case.is_of_period and case.after and (told := self._judge(case)) is not None:
                yield case.hazard_no, told

    def _judge(self, case: Case) -> bool | None:
        if set(case.after) & set(case.before):
            return True
        own_names = [name for name in case.after if len(Path(name).stem) >= OWN_NAME]
        if any(_earlier(case, self.by_name[name]) for name in own_names):
            return True
        after, before = list(self._prints(case.after)), list(self._prints(case.before))
        if any(one.is_like(other) for one in after for other in before):
            return True
        if any(one.bits is not None and _earlier(case, self.by_sight.get(one.bits, [])) for one in after):
            return True
        if any(self._lies_elsewhere(case, name) for name in case.after):
            return True
        return False if after else None

    def _lies_elsewhere(self, case: Case, name: str) -> bool:
        """Whether an earlier case's photo has the same bytes; files of another size cannot."""
        path = self.album.find(name)
        own = photos.print_of(path, self.is_seen) if path else None
        if path is None or own is None:
            return False
        same_size = self.by_size[path.stat().st_size]
        alike = (
            case_of_it
            for case_of_it, other in same_size
            if (found := photos.print_of(other, False)) and found.sha256 == own.sha256
        )
        return _earlier(case, alike)

    def _prints(self, names: Iterable[str]) -> Iterator[photos.Print]:
        for name in names:
            path = self.album.find(name)
            found = photos.print_of(path, self.is_seen) if path else None
            if found:
                yield found


def _earlier(case: Case, cases: Iterable[Case]) -> bool:
    """Whether one of the cases was closed before this one."""
    return any(each.turn < case.turn for each in cases)


def judged(rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The hazard numbers whose after-photo is another one's, and those whose is their own.

    `rows` is the answer of closures.photos. A closing whose photos cannot be found is in neither list.
    """
    cases = [
        Case(
            row["hazard_no"],
            photos.names_in(row["photo_before"]),
            photos.names_in(row["photo_after"]),
            bool(row["is_of_period"]),
            row["closed_at"],
        )
        for row in rows.to_dict("records")
    ]
    told = dict(Comparison(cases).judged())
    repeated = [no for no, is_repeated in told.items() if is_repeated]
    return repeated, [no for no in told if not told[no]]
