"""Which days are off and which weekends are worked: by notice, by our guess, by the office's word."""

from datetime import date, timedelta
from pathlib import Path

from chinese_calendar import Holiday as Feast
from chinese_calendar import holidays as DAYS_OFF  # noqa: N812 - a table, not a name of ours
from chinese_calendar import workdays as MAKEUP_WORKDAYS  # noqa: N812

from data.days.calendar_faults import overlaps, refuse_if_any
from data.days.calendar_file import CalendarFile, read_calendar_file
from data.days.holiday import ANNOUNCED, BY_HAND, LAST_DAY, PREDICTED, Holiday
from data.days.lunar import ONE_DAY, feast_on
from data.settings import EARLIEST_DAY

FEAST_NAMES = {
    Feast.new_years_day.value: "元旦",
    Feast.spring_festival.value: "春节",
    Feast.tomb_sweeping_day.value: "清明节",
    Feast.labour_day.value: "劳动节",
    Feast.dragon_boat_festival.value: "端午节",
    Feast.mid_autumn_festival.value: "中秋节",
    Feast.national_day.value: "国庆节",
    Feast.anti_fascist_70th_day.value: "抗战胜利纪念日",
}
STATUTORY = {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}


class Arrangement:
    """All holidays of the calendar's years in order, and the source of every day they do not touch.

    `altered` holds the days an office's file turned back into ordinary ones, with that file's source.
    """

    def __init__(self, reference: CalendarFile, office: CalendarFile | None) -> None:
        announced = announced_holidays()
        first_unknown = max(day.year for day in DAYS_OFF if (day.month, day.day) == (10, 1)) + 1
        years = range(first_unknown, LAST_DAY.year + 1)
        self.holidays = announced + [one for year in years for one in predicted_holidays(year, reference)]
        self.altered: dict[date, str] = {}
        for file in (reference, office) if office else (reference,):
            self._take(file)

    def _take(self, file: CalendarFile) -> None:
        """Put a file's holidays in the place of those of the same feast and year."""
        faults: list[str] = []
        kept = list(self.holidays)
        for holiday in file.holidays:
            replaced = [
                one for one in self.holidays if one.year == holiday.year and one.feasts & holiday.feasts
            ]
            told = {feast for one in file.holidays if one.year == holiday.year for feast in one.feasts}
            for one in replaced:
                faults += [
                    f"{one.year} 年「{one.name}」原是一个假期，改「{holiday.name}」时请把「{feast}」也写上"
                    for feast in sorted(one.feasts - told)
                ]
                self.altered |= dict.fromkeys([*one.days, *one.makeup_workdays], holiday.source)
            kept = [one for one in kept if one not in replaced]
        for holiday in file.holidays:
            for one in kept:
                faults += [
                    f"{fault}；是同一个节就把名称写成「{one.name}」，不是就改日期"
                    for fault in overlaps(holiday, one)
                ]
        refuse_if_any(file.path, faults)
        self.holidays = sorted([*kept, *file.holidays], key=lambda one: one.first_on)

    def source_of_year(self, year: int) -> str:
        """The source of a year's ordinary days: 预测 as long as one statutory feast is only predicted."""
        sources = {one.source for one in self.holidays if one.year == year and one.feasts & STATUTORY}
        return next(source for source in (PREDICTED, ANNOUNCED, BY_HAND) if source in sources)


def arrangement(overrides: Path | None = None) -> Arrangement:
    """The reference arrangement with the office's own file, if any, laid over it. Raises Trouble."""
    return Arrangement(read_calendar_file(), read_calendar_file(overrides) if overrides else None)


def announced_holidays() -> list[Holiday]:
    """The holidays the package knows, as the notices named them.

    Neighbouring days off are one holiday (国庆节、中秋节); a weekend the notice does not mention is no part
    of it, save one that lies between two of its days.
    """
    runs: list[list[date]] = []
    for day in sorted(day for day in DAYS_OFF if EARLIEST_DAY <= day <= LAST_DAY):
        before = runs[-1][-1] if runs else None
        if before and (day - before <= ONE_DAY or _only_weekend_between(before, day)):
            runs[-1].append(day)
        else:
            runs.append([day])
    names = ["、".join(dict.fromkeys(FEAST_NAMES[DAYS_OFF[day]] for day in run)) for run in runs]
    makeup: list[list[date]] = [[] for _ in runs]
    for day in sorted(day for day in MAKEUP_WORKDAYS if EARLIEST_DAY <= day <= LAST_DAY):
        own = FEAST_NAMES[MAKEUP_WORKDAYS[day]]
        candidates = [nth for nth, name in enumerate(names) if own in name.split("、")]
        makeup[min(candidates, key=lambda nth: abs(runs[nth][0] - day))].append(day)
    return [
        Holiday(name, run[0], run[-1], tuple(worked), ANNOUNCED)
        for name, run, worked in zip(names, runs, makeup, strict=True)
    ]


def _only_weekend_between(before: date, day: date) -> bool:
    between = [before + timedelta(days=n) for n in range(1, (day - before).days)]
    same = DAYS_OFF[before] == DAYS_OFF[day]
    return same and all(one.weekday() >= 5 and one not in MAKEUP_WORKDAYS for one in between)


def predicted_holidays(year: int, reference: CalendarFile) -> list[Holiday]:
    """A year's holidays by the rules of the reference file, without make-up workdays."""
    long = [
        Holiday(name, first, first + timedelta(days=days - 1), (), PREDICTED)
        for name, feast, days in reference.predicted
        if days and (first := feast_on(year, feast))
    ]
    for name, feast, days in reference.predicted:
        if days:
            continue
        first, last = _with_weekend(feast_on(year, feast))
        touching = [one for one in long if one.first_on <= last and first <= one.last_on]
        for one in touching:
            long.remove(one)
            last = one.last_on + ONE_DAY
            long.append(Holiday(f"{one.name}、{name}", one.first_on, last, (), PREDICTED))
        if not touching:
            long.append(Holiday(name, first, last, (), PREDICTED))
    return sorted(long, key=lambda one: one.first_on)


def _with_weekend(day: date) -> tuple[date, date]:
    """A single day off and the weekend it touches; one that falls on a weekend is made good on Monday."""
    saturday = day - timedelta(days=(day.weekday() + 2) % 7)
    match day.weekday():
        case 4:
            return day, day + 2 * ONE_DAY
        case 5 | 6 | 0:
            return saturday, saturday + 2 * ONE_DAY
        case _:
            return day, day
