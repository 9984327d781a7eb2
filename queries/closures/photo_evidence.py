"""Which closings show a photo that is not their own: compared when asked, for photos stay in the folder."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from data import photos

# So long a name is no "IMG_0001.jpg", which every camera gives: two cases that name it mean one file.
OWN_NAME = 9
# Pictures are unpacked to be compared by sight only where they are few enough not to be waited for.
SEEN_AT_MOST = 500


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
        """Its place among all closings."""
        return self.closed_at, self.hazard_no


@dataclass
class Comparison:
    """Everything the photos of a period are compared with."""

    cases: list[Case]
    album: photos.Album

    def __post_init__(self) -> None:
        asked = [case for case in self.cases if case.is_of_period]
        self.is_seen = sum(len(case.before) + len(case.after) for case in asked) <= SEEN_AT_MOST
        self.by_name: dict[str, list[Case]] = defaultdict(list)
        self.by_size: dict[int, list[tuple[Case, photos.File]]] = defaultdict(list)
        self.by_sight: dict[int, list[Case]] = defaultdict(list)
        for case in self.cases:
            for name in (*case.before, *case.after):
                self.by_name[name].append(case)
                if file := self.album.find(name):
                    self.by_size[file.size].append((case, file))
        for case in asked if self.is_seen else ():
            for _, found in self._prints(case.after):
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
        after = list(self._prints(case.after))
        before = [found for _, found in self._prints(case.before)]
        for file, found in after:
            if any(found.is_like(other) for other in before) or self._is_taken(case, file, found):
                return True
        return False if after else None

    def _is_taken(self, case: Case, file: photos.File, found: photos.Print) -> bool:
        """Whether an earlier case shows the same picture, byte for byte or by sight."""
        if found.bits is not None and _earlier(case, self.by_sight[found.bits]):
            return True
        same = (
            other
            for other, their_file in self.by_size[file.size]
            if other.turn < case.turn
            and (theirs := photos.print_of(their_file, False))
            and theirs.sha256 == found.sha256
        )
        return any(same)

    def _prints(self, names: Iterable[str]) -> Iterator[tuple[photos.File, photos.Print]]:
        for name in names:
            file = self.album.find(name)
            found = photos.print_of(file, self.is_seen) if file else None
            if file and found:
                yield file, found


def judged(rows: pd.DataFrame, album: photos.Album) -> tuple[list[str], list[str]]:
    """The hazard numbers whose after-photo is another one's, and those whose is their own.

    `rows` is the answer of closures.photos. A closing whose photos cannot be found is in neither list.
    """
    cells = (
        rows["hazard_no"],
        rows["photo_before"],
        rows["photo_after"],
        rows["is_of_period"],
        rows["closed_at"],
    )
    cases = [
        Case(number, photos.names_in(before), photos.names_in(after), bool(is_of_period), closed_at)
        for number, before, after, is_of_period, closed_at in zip(*cells, strict=True)
    ]
    told = dict(Comparison(cases, album).judged())
    return [no for no, is_bad in told.items() if is_bad], [no for no, is_bad in told.items() if not is_bad]


def _earlier(case: Case, cases: Iterable[Case]) -> bool:
    """Whether one of the cases was closed before this one: who comes later took the photo."""
    return any(each.turn < case.turn for each in cases)
