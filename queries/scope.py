"""Which days, communities and grids a question is about, as at which moment, and knowing what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from data.days.lunar import new_year_on
from data.trouble import Trouble

LONGEST_DAYS = 3660
# What a period can be compared with: the days just before it, the same weekdays whole weeks earlier, the same
# dates a year ago, the same days counted from 正月初一 a year ago.
COMPARISONS = ("previous", "weeks", "year", "lunar")
# A due date without a time lasts to 23:59:59; the period must not end before it has passed.
LAST_INSTANT = timedelta(microseconds=1)


def looked_at(until: date, known_to: datetime) -> datetime:
    """The moment a period is looked at: its last instant, or, while it runs, as far as the data goes.

    A period that is over keeps its figures however often one looks: its stocks are those of its last day.
    `known_to` is the snapshot's own moment; nothing can be said of what follows it.
    """
    return min(datetime.combine(until, time()) - LAST_INSTANT, known_to)


@dataclass(frozen=True)
class Scope:
    """What a question covers: the days since <= day < until, in these communities and grids (empty: all).

    `as_at` is the moment looked at: events after it have not happened. None: the snapshot's own moment.
    `known_at` is the moment of knowing: rows loaded after it are not known. None: everything loaded.
    `is_lunar` compares with last year's same days counted from 正月初一, not with whole weeks earlier.
    Equal scopes are equal and hash alike, whatever the order their communities and grids were given in.

    Raises: Trouble, in Chinese, for days that make no period, blank names, or a moment with a time zone.
    """

    since: date
    until: date
    communities: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    as_at: datetime | None = None
    known_at: datetime | None = None
    is_lunar: bool = False

    def __post_init__(self) -> None:
        for label, day in (("开始日期", self.since), ("结束日期", self.until)):
            if not isinstance(day, date) or isinstance(day, datetime):
                raise Trouble(f"{label}应是日期，如 2026-11-16，现在是「{day}」。")
        if self.since >= self.until:
            raise Trouble(f"开始日期 {self.since} 应早于结束日期 {self.until}（结束日期当天不计入）。")
        if self.day_count > LONGEST_DAYS:
            raise Trouble(f"从 {self.since} 到 {self.until} 超过十年，请缩短时段。")
        for label, moment in (("截止时刻", self.as_at), ("知晓时刻", self.known_at)):
            if moment is not None and (not isinstance(moment, datetime) or moment.tzinfo is not None):
                raise Trouble(f"{label}应是不带时区的北京时间，如 2026-11-22 18:00，现在是「{moment}」。")
        object.__setattr__(self, "communities", _names("社区", self.communities))
        object.__setattr__(self, "grids", _names("网格", self.grids))

    @property
    def day_count(self) -> int:
        """The number of days from `since` up to and without `until`."""
        return (self.until - self.since).days

    def reaching(self, weeks: int) -> "Scope":
        """The same place and end, over at least so many whole weeks: what a line over weeks needs."""
        last = self.until - timedelta(days=1)
        monday = last - timedelta(days=last.weekday())
        return replace(self, since=min(self.since, monday - timedelta(weeks=weeks - 1)))

    def moved(self, to: str) -> "Scope":
        """The same length of time, as far gone, at another place: see COMPARISONS.

        Raises KeyError for a place that has no name.
        """
        back = {
            "previous": timedelta(days=self.day_count),
            "weeks": timedelta(weeks=-(-self.day_count // 7)),
            "year": self.until - _year_before(self.until),
            "lunar": new_year_on(self.until.year) - new_year_on(self.until.year - 1),
        }[to]
        as_at = self.as_at - back if self.as_at else None
        return replace(self, since=self.since - back, until=self.until - back, as_at=as_at)

    def before(self) -> "Scope":
        """The period to compare with: as long, as far gone, and not overlapping.

        A week or less is compared with the week before, a longer period with whole weeks earlier, so that the
        weekdays are the same; a lunar one with the days as far from 正月初一 a year ago.
        """
        return self.moved("lunar" if self.is_lunar else "weeks")


def _year_before(day: date) -> date:
    """The same date a year ago; the last of February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _names(label: str, names: Iterable[str]) -> tuple[str, ...]:
    if isinstance(names, str):
        raise Trouble(f"{label}应是一组名称，现在只是一段文字「{names}」。")
    chosen = tuple(names)
    if any(not isinstance(name, str) or not name.strip() for name in chosen):
        raise Trouble(f"{label}里有空白的名称，请去掉或填上。")
    return tuple(sorted({name.strip() for name in chosen}))
