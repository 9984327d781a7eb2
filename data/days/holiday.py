"""One holiday: its days off, the weekends worked for it, and who says so."""

from dataclasses import dataclass
from datetime import date, timedelta

ANNOUNCED, PREDICTED, BY_HAND = "国务院通知", "预测", "手工"
LAST_DAY = date(2031, 12, 31)


@dataclass(frozen=True)
class Holiday:
    """One unbroken run of days off under one name (inclusive days), with the workdays that make up for it."""

    name: str
    first_on: date
    last_on: date
    makeup_workdays: tuple[date, ...]
    source: str

    @property
    def year(self) -> int:
        return self.last_on.year

    @property
    def feasts(self) -> frozenset[str]:
        """The feasts a merged holiday stands for: 国庆节、中秋节 are two."""
        return frozenset(self.name.split("、"))

    @property
    def days(self) -> list[date]:
        return [self.first_on + timedelta(days=n) for n in range((self.last_on - self.first_on).days + 1)]
