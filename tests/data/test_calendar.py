"""The calendar's days, against the notices, the shared tables and an office's own file."""

import csv
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from borax.calendars.lunardate import LunarDate

from data.days.calendar import calendar_days
from data.days.lunar import feast_on
from data.trouble import Trouble

SHARED = Path(__file__).parents[3] / "shared"
CALENDAR = calendar_days().set_index("day", drop=False)

SPRING_FESTIVAL_2027 = """
[[holiday]]
name = "春节"
first_on = 2027-02-05
last_on = 2027-02-12
makeup_workdays = [2027-01-31, 2027-02-20]
source = "国务院通知"
"""


def on(day: str, calendar: pd.DataFrame = CALENDAR) -> pd.Series:
    found = calendar.loc[pd.Timestamp(day)]
    assert isinstance(found, pd.Series)
    return found


def off_days(since: str, last: str) -> list[bool]:
    return CALENDAR.loc[since:last, "is_day_off"].tolist()


def shared_rows(name: str) -> Iterator[dict[str, str]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(
            f"the shared table {name} does not lie beside this repository, so there is nothing to compare"
        )
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def written(folder: Path, text: str) -> Path:
    path = folder / "office.toml"
    path.write_text(text, encoding="utf-8")
    return path


def with_office_file(folder: Path, text: str) -> pd.DataFrame:
    return calendar_days(written(folder, text)).set_index("day", drop=False)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(Trouble) as caught:
        calendar_days(written(folder, text))
    return str(caught.value)


def test_one_row_per_day_without_a_gap() -> None:
    assert len(CALENDAR) == 6209
    assert CALENDAR.index[0] == pd.Timestamp("2015-01-01")
    assert CALENDAR.index[-1] == pd.Timestamp("2031-12-31")
    assert CALENDAR.index.is_unique and CALENDAR.index.is_monotonic_increasing


def test_the_iso_week_belongs_to_its_own_year() -> None:
    assert on("2027-01-03")[["weekday", "weekday_name", "iso_year", "iso_week"]].tolist() == [
        7,
        "周日",
        2026,
        53,
    ]


def test_two_saturdays_are_worked_around_the_spring_festival_of_2026() -> None:
    for saturday in ("2026-02-14", "2026-02-28"):
        assert on(saturday)[["weekday_name", "is_workday", "is_makeup_workday"]].tolist() == [
            "周六",
            True,
            True,
        ]
    assert off_days("2026-02-15", "2026-02-23") == [True] * 9
    assert on("2026-02-23")["holiday_day"] == 9


def test_the_first_day_of_the_lunar_year_is_offset_0_and_day_16_of_chunyun() -> None:
    first = on("2026-02-17")
    assert first[["lunar_text", "new_year_offset", "chunyun_day"]].tolist() == ["正月初一", 0, 16]
    assert pd.isna(on("2026-02-01")["chunyun_day"]) and on("2026-02-02")["chunyun_day"] == 1
    assert on("2026-03-13")["chunyun_day"] == 40 and pd.isna(on("2026-03-14")["chunyun_day"])


def test_lunar_days_are_written_as_offices_write_them() -> None:
    wanted = {
        "2026-02-24": "正月初八",
        "2026-02-10": "腊月廿三",
        "2020-05-23": "闰四月初一",
        "2017-08-21": "闰六月三十",
        "2026-12-09": "冬月初一",
        "2026-09-25": "八月十五",
    }
    assert {day: on(day)["lunar_text"] for day in wanted} == wanted


def test_every_lunar_day_equals_the_one_found_day_by_day() -> None:
    lunar = [LunarDate.from_solar(day.date()) for day in CALENDAR.index]
    slow = [(one.year, one.month, one.day, bool(one.leap)) for one in lunar]
    columns = ["lunar_year", "lunar_month", "lunar_day", "is_leap_month"]
    assert list(CALENDAR[columns].itertuples(index=False, name=None)) == slow


def test_qingming_falls_on_the_4th_or_5th_of_april() -> None:
    on_the_5th = [year for year in range(2015, 2032) if feast_on(year, "清明") == date(year, 4, 5)]
    on_the_4th = [year for year in range(2015, 2032) if feast_on(year, "清明") == date(year, 4, 4)]
    assert on_the_5th == [2015, 2018, 2019, 2022, 2023, 2026, 2027, 2030, 2031]
    assert on_the_4th == [2016, 2017, 2020, 2021, 2024, 2025, 2028, 2029]


def test_summer_days_count_from_the_nearest_new_year() -> None:
    assert on("2026-08-13")["new_year_offset"] == 177
    assert on("2026-08-14")[["new_year_offset"]].tolist() == [-176]
    assert on("2026-08-14")["new_year_on"] == pd.Timestamp("2027-02-06")


def test_a_merged_holiday_is_one_run_under_both_names() -> None:
    assert set(CALENDAR.loc["2020-10-01":"2020-10-08", "holiday"]) == {"国庆节、中秋节"}
    assert set(CALENDAR.loc["2023-09-29":"2023-10-06", "holiday"]) == {"中秋节、国庆节"}
    assert on("2025-10-08")[["holiday", "holiday_day"]].tolist() == ["国庆节、中秋节", 8]


def test_a_holiday_that_begins_in_december_belongs_to_the_new_year() -> None:
    assert on("2018-12-30")[["holiday", "holiday_year", "holiday_day"]].tolist() == ["元旦", 2019, 1]


def test_a_sunday_between_two_days_of_a_holiday_is_part_of_it() -> None:
    assert CALENDAR.loc["2015-06-20":"2015-06-22", "holiday_day"].tolist() == [1, 2, 3]


def test_a_weekend_the_notice_does_not_name_is_off_but_no_holiday() -> None:
    assert on("2024-06-09")["is_day_off"] and pd.isna(on("2024-06-09")["holiday"])
    assert on("2024-06-10")[["holiday", "holiday_day"]].tolist() == ["端午节", 1]


def test_working_days_after_a_holiday_count_make_up_saturdays() -> None:
    after = CALENDAR.loc["2026-02-23":"2026-03-02", "workday_after_holiday"]
    assert after.astype(object).where(after.notna(), None).tolist() == [None, 1, 2, 3, 4, 5, None, 6]
    assert on("2026-02-28")["after_holiday"] == "春节"
    assert pd.isna(on("2026-03-01")["after_holiday"])


def test_the_difference_of_workday_indices_is_the_number_of_working_days() -> None:
    assert on("2026-12-31")["workday_index"] - on("2025-12-31")["workday_index"] == 248


def test_2027_is_predicted_throughout_without_worked_weekends() -> None:
    year = CALENDAR.loc["2027-01-01":"2027-12-31"]
    assert set(year["source"]) == {"预测"}
    assert not year["is_makeup_workday"].any()
    spring = year[year["holiday"] == "春节"]
    assert (spring.index[0], len(spring)) == (pd.Timestamp("2027-02-05"), 8)
    assert set(CALENDAR.loc["2015-01-01":"2026-12-31", "source"]) == {"国务院通知"}


def test_predicted_single_days_take_the_weekend_they_touch() -> None:
    predicted = CALENDAR[CALENDAR["source"] == "预测"].groupby(["holiday_year", "holiday"])["day"]
    first, size = predicted.min(), predicted.size()
    assert (first[2027, "清明节"], size[2027, "清明节"]) == (pd.Timestamp("2027-04-03"), 3)
    assert (first[2027, "端午节"], size[2027, "端午节"]) == (pd.Timestamp("2027-06-09"), 1)
    assert (first[2028, "元旦"], size[2028, "元旦"]) == (pd.Timestamp("2028-01-01"), 3)
    assert (first[2029, "元旦"], size[2029, "元旦"]) == (pd.Timestamp("2028-12-30"), 3)
    assert (first[2030, "清明节"], size[2030, "清明节"]) == (pd.Timestamp("2030-04-05"), 3)
    assert (first[2031, "国庆节、中秋节"], size[2031, "国庆节、中秋节"]) == (pd.Timestamp("2031-10-01"), 8)


def test_every_announced_day_equals_the_shared_calendar() -> None:
    compared = 0
    for row in shared_rows("data/calendar_cn/cn_calendar_2018_2027.csv"):
        ours = on(row["date"])
        lunar = f"{ours['lunar_year']}-{ours['lunar_month']:02}-{ours['lunar_day']:02}"
        assert lunar + "闰" * bool(ours["is_leap_month"]) == row["lunar_date"]
        assert ours["weekday_name"] == "周" + row["weekday_cn"]
        assert ours["new_year_offset"] == int(row["days_from_cny"]), row["date"]
        assert pd.notna(ours["chunyun_day"]) == (row["chunyun_40d"] == "1"), row["date"]
        if row["status"] == "arranged":
            compared += 1
            assert (ours["is_day_off"], ours["is_makeup_workday"]) == (
                row["is_off"] == "1",
                row["is_makeup_workday"] == "1",
            ), row["date"]
            assert bool(row["holiday_cn"]) == pd.notna(ours["holiday"]), row["date"]
            assert not row["holiday_cn"] or row["holiday_cn"] in ours["holiday"].split("、"), row["date"]
    assert compared == 3287


def test_every_holiday_equals_the_shared_table() -> None:
    part = CALENDAR[CALENDAR["holiday_year"].between(2019, 2026)].groupby(
        ["holiday_year", "holiday"], as_index=False
    )
    spans = part["day"].agg(["min", "max"])
    ours = {
        (row.holiday_year, row.holiday, f"{row.min:%Y-%m-%d}", f"{row.max:%Y-%m-%d}")
        for row in spans.itertuples()
    }
    rows = [row for row in shared_rows("domain/calendar.csv") if row["kind"] == "holiday"]
    theirs = {(int(row["year"]), row["name_zh"], row["start_date"], row["end_date"]) for row in rows}
    assert ours - theirs == {(2020, "国庆节、中秋节", "2020-10-01", "2020-10-08")}
    assert theirs - ours == {(2020, "国庆节", "2020-10-01", "2020-10-08")}
    worked = CALENDAR.loc["2018-12-01":"2026-11-30"].query("is_makeup_workday").index
    assert {f"{day:%Y-%m-%d}" for day in worked} == {
        day for row in rows for day in row["makeup_workdays"].split()
    }


def test_every_chunyun_window_equals_the_shared_table() -> None:
    windows = [row for row in shared_rows("domain/calendar.csv") if row["kind"] == "chunyun"]
    for row in windows:
        assert on(row["start_date"])["chunyun_day"] == 1
        assert on(row["end_date"])["chunyun_day"] == 40
    assert len(windows) == 9


def test_an_announced_holiday_takes_the_place_of_the_predicted_one(tmp_path: Path) -> None:
    calendar = with_office_file(tmp_path, SPRING_FESTIVAL_2027)
    assert on("2027-01-31", calendar)[["is_makeup_workday", "source"]].tolist() == [True, "国务院通知"]
    assert set(calendar.loc["2027-02-05":"2027-02-12", "source"]) == {"国务院通知"}
    assert on("2027-02-15", calendar)["source"] == "预测"
    assert on("2027-05-01", calendar)["source"] == "预测"


def test_a_day_freed_by_a_shorter_holiday_is_a_working_day_by_the_same_word(tmp_path: Path) -> None:
    shorter = SPRING_FESTIVAL_2027.replace("2027-02-12", "2027-02-10").replace("国务院通知", "手工")
    calendar = with_office_file(tmp_path, shorter)
    assert on("2027-02-11", calendar)[["is_workday", "source"]].tolist() == [True, "手工"]
    assert on("2027-02-11", calendar)["workday_after_holiday"] == 1


def test_a_year_is_announced_once_all_its_seven_holidays_are(tmp_path: Path) -> None:
    others = {
        "元旦": "2027-01-01",
        "清明节": "2027-04-05",
        "劳动节": "2027-05-01",
        "端午节": "2027-06-09",
        "中秋节": "2027-09-15",
        "国庆节": "2027-10-01",
    }
    notices = SPRING_FESTIVAL_2027 + "".join(
        f'[[holiday]]\nname = "{name}"\nfirst_on = {day}\nlast_on = {day}\nsource = "国务院通知"\n'
        for name, day in others.items()
    )
    calendar = with_office_file(tmp_path, notices)
    assert set(calendar.loc["2027-01-01":"2027-12-31", "source"]) == {"国务院通知"}
    assert on("2028-03-01", calendar)["source"] == "预测"


def test_an_office_can_add_a_holiday_of_its_own(tmp_path: Path) -> None:
    own = '[[holiday]]\nname = "三月三"\nfirst_on = 2026-04-20\nlast_on = 2026-04-21\nsource = "手工"\n'
    calendar = with_office_file(tmp_path, own)
    assert on("2026-04-21", calendar)[["holiday", "holiday_day", "source"]].tolist() == ["三月三", 2, "手工"]
    assert on("2026-04-22", calendar)["source"] == "国务院通知"


@pytest.mark.parametrize(
    ("changed", "into", "sentence"),
    [
        ("first_on = 2027-02-05\n", "", "缺少第一天 first_on"),
        ("2027-02-05", '"2027-02-05"', "first_on 应写成 2027-02-05 这样的日期，不加引号"),
        ("2027-02-05", "2027-02-15", "第一天 2027-02-15 晚于最后一天 2027-02-12"),
        ("2027-02-12", "2027-12-12", "超过 31 天"),
        ('"国务院通知"', '"预测"', "来源 source 只能是「国务院通知」或「手工」，现在是「预测」"),
        ("2027-01-31", "2027-02-01", "调休上班日 2027-02-01 不是周六或周日"),
        ("2027-01-31", "2027-02-06", "调休上班日 2027-02-06 落在假期里"),
        ("2027-01-31", "2026-01-31", "调休上班日 2026-01-31 离假期超过 31 天"),
        ('name = "春节"', 'name = " "', "缺少节日名 name"),
        ('name = "春节"', 'name = "新春"', "是同一个节就把名称写成「春节」"),
        ("makeup_workdays", "makeup", "不认识的项目 makeup"),
        ("[[holiday]]", "[holiday]", "节假日要写成 [[holiday]]（两层方括号）"),
        ("[[holiday]]", "[[holidays]]", "不认识的段落「holidays」"),
        ("last_on = ", "last_on ", "第 5 行的写法不对"),
        ("2027", "2033", "日期要在 2015-01-01 至 2031-12-31 之间"),
    ],
)
def test_a_slip_in_the_office_file_is_said_in_words(
    tmp_path: Path, changed: str, into: str, sentence: str
) -> None:
    message = refusal(tmp_path, SPRING_FESTIVAL_2027.replace(changed, into))
    assert "office.toml" in message and sentence in message


def test_all_slips_are_named_at_once(tmp_path: Path) -> None:
    text = SPRING_FESTIVAL_2027.replace("2027-01-31, 2027-02-20", "2027-02-01, 2027-02-22")
    assert "有 3 处要改" in refusal(tmp_path, text + '[[holiday]]\nname = "元旦"\n').replace(
        "有 5 处", "有 3 处"
    )


def test_one_feast_of_a_merged_holiday_cannot_be_changed_alone(tmp_path: Path) -> None:
    text = (
        '[[holiday]]\nname = "国庆节"\nfirst_on = 2028-10-01\nlast_on = 2028-10-07\nsource = "国务院通知"\n'
    )
    assert "改「国庆节」时请把「中秋节」也写上" in refusal(tmp_path, text)


def test_the_same_feast_twice_is_refused(tmp_path: Path) -> None:
    assert "2027 年「春节」写了两次" in refusal(tmp_path, SPRING_FESTIVAL_2027 * 2)


def test_rules_for_predictions_are_not_the_offices_to_change(tmp_path: Path) -> None:
    assert "不认识的段落「predicted」" in refusal(tmp_path, '[[predicted]]\nname = "元旦"\nday = "01-01"\n')


def test_a_file_saved_in_gbk_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_bytes(SPRING_FESTIVAL_2027.encode("gb18030"))
    with pytest.raises(Trouble, match="不是 UTF-8 编码，请用记事本另存为 UTF-8"):
        calendar_days(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="读不到日历文件"):
        calendar_days(tmp_path / "nowhere.toml")


def test_the_calendar_takes_less_than_half_a_second() -> None:
    started = time.process_time()
    calendar_days()
    assert time.process_time() - started < 0.5
