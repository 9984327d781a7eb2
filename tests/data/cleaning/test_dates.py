"""Which spellings of a day and a moment are taken, and for which reason the others are not."""

from datetime import date, datetime

import pytest

from data.cleaning.values import Fault, day, moment

EARLIEST = date(2015, 1, 1)
TODAY = date(2026, 11, 22)


def read(text: str) -> datetime | Fault | None:
    return moment(text, EARLIEST, TODAY)


def reason(text: str) -> str | None:
    found = moment(text, EARLIEST, TODAY)
    return found.reason if isinstance(found, Fault) else None


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05", "2026-1-5", "2026/1/5", "2026/01/05", "2026.1.5", "2026.01.05", "20260105",
        "2026年1月5日", "2026年01月05日", "2026年1月5号", "2026年1月5", "2026 年 1 月 5 日",
        "2026年1月5日(周一)",
        "2026年1月5日 星期一", "46027", "46027.0", "２０２６－０１－０５", "２０２６年１月５日",
        "2026—01—05", "2026−1−5",
        "  2026-01-05\t", "\ufeff2026-01-05", "2026\u200b-01-05", "2026-01-05\u00a0",
        "\u202a2026-01-05\u202c",
        "2026 - 1 - 5", "2026-01-05 00:00:00", "2026-01-05\r\n",
    ],
)  # fmt: skip
def test_every_full_spelling_of_a_day_is_the_same_day(text: str) -> None:
    assert read(text) == datetime(2026, 1, 5)
    assert day(text, EARLIEST, TODAY) == date(2026, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05 09:30", "2026-1-5 9:30", "2026/1/5 9:30", "2026.1.5 9:30:00", "2026-01-05T09:30",
        "2026-01-05T09:30:00", "2026-01-05t09:30", "2026-01-05 09:30:00.000", "202601050930",
        "20260105093000",
        "20260105 0930", "20260105 09:30", "20260105T093000", "2026年1月5日9时30分",
        "2026年1月5日 9时30分0秒",
        "2026年1月5日9点30分", "2026年1月5日9点半", "2026年1月5日9:30", "2026年1月5日 09：30",
        "2026年1月5日上午9时30分",
        "2026 年 1 月 5 日 9 时 30 分", "2026年1月5日 星期一 9:30", "2026/1/5 上午 9:30", "2026/1/5 上午9:30",
        "2026/1/5 9:30 AM", "2026-01-05 9:30am", "46027.395833", "46027.3958333333", "2026-01-05  09:30",
        "2026-01-05\u300009:30", "2026-01-05\n09:30", "２０２６－０１－０５　０９：３０",
    ],
)  # fmt: skip
def test_every_spelling_of_a_time_is_the_same_moment(text: str) -> None:
    assert read(text) == datetime(2026, 1, 5, 9, 30)
    assert day(text, EARLIEST, TODAY) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("上午9:05", 9, 5), ("上午12:30", 0, 30), ("凌晨1点", 1, 0), ("早上8时", 8, 0), ("中午12点", 12, 0),
        ("中午1点", 13, 0), ("中午11:30", 11, 30), ("下午1:00", 13, 0), ("下午12:30", 12, 30),
        ("下午15:30", 15, 30),
        ("晚上8点半", 20, 30), ("12:00:00 AM", 0, 0), ("12:15 PM", 12, 15), ("11:59PM", 23, 59),
    ],
)  # fmt: skip
def test_the_half_of_the_day_moves_the_hour(text: str, hour: int, minute: int) -> None:
    assert read(f"2026-01-05 {text}") == datetime(2026, 1, 5, hour, minute)


def test_a_morning_hour_after_noon_is_no_time() -> None:
    assert reason("2026-01-05 上午13:30") == "date_invalid"


@pytest.mark.parametrize(
    ("text", "moment_in_shanghai"),
    [
        ("2026-01-05T09:30:00+08:00", datetime(2026, 1, 5, 9, 30)),
        ("2026-01-05T09:30:00+0800", datetime(2026, 1, 5, 9, 30)),
        ("2026-01-05 09:30:00 +08", datetime(2026, 1, 5, 9, 30)),
        ("2026-01-05T01:30:00Z", datetime(2026, 1, 5, 9, 30)),
        ("2026-01-05T01:30Z", datetime(2026, 1, 5, 9, 30)),
        ("20260105T013000Z", datetime(2026, 1, 5, 9, 30)),
        ("2026-01-05 01:30 UTC", datetime(2026, 1, 5, 9, 30)),
        ("2026-01-05 09:30 GMT+8", datetime(2026, 1, 5, 9, 30)),
        ("2026-01-04T20:30:00-05:00", datetime(2026, 1, 5, 9, 30)),
        ("2026-01-04 20:30:00-05", datetime(2026, 1, 5, 9, 30)),
        ("2026-01-05T23:30:00.5Z", datetime(2026, 1, 6, 7, 30, 0, 500_000)),
    ],
)
def test_an_offset_is_converted_to_shanghai(text: str, moment_in_shanghai: datetime) -> None:
    assert read(text) == moment_in_shanghai


def test_the_day_of_a_moment_with_an_offset_is_the_day_in_shanghai() -> None:
    assert day("2026-01-05T23:30:00Z", EARLIEST, TODAY) == date(2026, 1, 6)
    assert reason("2026-11-22T20:00:00Z") == "date_out_of_range"


@pytest.mark.parametrize(
    "text", ["2026-01-05 24:00", "2026-01-05 24:00:00", "2026年1月5日24时", "202601052400"]
)
def test_24_00_is_the_midnight_that_ends_the_day(text: str) -> None:
    assert read(text) == datetime(2026, 1, 6)
    assert day(text, EARLIEST, TODAY) == date(2026, 1, 5)


def test_24_00_of_today_is_not_in_the_future() -> None:
    assert read("2026-11-22 24:00") == datetime(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "1/5", "01/05", "1-5", "01-05", "1.5", "1月5日", "1月5号", "1 月 5 日", "11月22日", "25/12",
        "1/5 9:30",
        "1月5日 9:30", "1月5日9时30分", "1月5日上午", "1月5日(周一)", "01-05 09:30",
    ],
)  # fmt: skip
def test_a_date_without_a_year_is_ambiguous(text: str) -> None:
    assert reason(text) == "date_ambiguous"


@pytest.mark.parametrize(
    "text",
    ["26-1-5", "26-01-05", "26/1/5", "26.1.5", "26年1月5日", "1/5/26", "5.1.26", "260105", "26-01-05 9:30"],
)
def test_a_year_of_two_digits_is_ambiguous(text: str) -> None:
    assert reason(text) == "date_ambiguous"


@pytest.mark.parametrize(
    "text",
    ["5/1/2026", "05/01/2026", "1-5-2026", "05.01.2026", "25/12/2026", "12/25/2026", "1/5/2026 9:30 PM"],
)
def test_a_date_with_the_year_last_is_ambiguous(text: str) -> None:
    assert reason(text) == "date_ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        "1月5日-8日", "1月5-8日", "1月5日至8日", "1月5日至1月8日", "1月5日~1月8日", "1.5-1.8", "1/5-1/8",
        "2026-01-05至2026-01-08", "2026-01-05 - 2026-01-08", "2026-01-05~2026-01-08", "2026-01-05—2026-01-08",
        "2026.1.5-1.8", "2026.1.5-8", "2026.1.5-2026.1.8", "2026年1月5日-8日", "2026年1月5-8日",
        "2026年1月5日至2026年1月8日", "2026年1月5日、6日", "20260105-20260108", "2026/1/5～2026/1/8",
        "2026-01-05/2026-01-08", "2026-01-05 09:30-11:00", "2026-01-05 09:30 至 2026-01-06 11:00",
    ],
)  # fmt: skip
def test_a_range_of_days_is_ambiguous(text: str) -> None:
    assert reason(text) == "date_ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-01", "2026/13/1", "2026-02-30", "2026年2月30日", "20261301", "20260230", "2025-02-29",
        "2026-00-10",
        "2026-01-00", "2026-01-32", "25:61", "09:30", "2026-01-05 25:61", "2026-01-05 24:01",
        "2026-01-05 9:60",
        "2026-01-05 09:30:60", "202601052561", "2026年1月5日25时", "正月初八", "二〇二六年一月五日", "待定",
        "昨天",
        "2026", "2026年", "2026-01", "2026.01", "2026/1", "2026年1月", "1月", "202601", "0", "1", "5",
        "365", "1200",
        "19999", "80001", "100000", "-5", "-46027", "46,027", "4.6E+4", "1.50", "13.45", "0.5", "TRUE",
        "周一",
        "330481001001001", "13800138000", "2026-01-051", "2026-01/05", "12026-01-05", "32/13/2026",
        "99-99-99",
        "1.2.3", "2026-01-05 abc", "2026-01-05T09:30+15:00", "٢٠٢٦-٠١-٠٥", "N/A", "null", "1/5 " + "-" * 5000,
    ],
)  # fmt: skip
def test_what_no_calendar_shows_is_invalid(text: str) -> None:
    assert reason(text) == "date_invalid"


@pytest.mark.parametrize(
    "text", ["2014-12-31", "2026-11-23", "1900-01-01", "9999-12-31", "46349", "20000", "2099年1月1日"]
)
def test_a_day_before_the_earliest_or_after_the_latest_is_out_of_range(text: str) -> None:
    assert reason(text) == "date_out_of_range"


def test_the_first_and_the_last_day_are_in_range() -> None:
    assert read("2015-01-01") == datetime(2015, 1, 1)
    assert read("2026-11-22 23:59:59") == datetime(2026, 11, 22, 23, 59, 59)


def test_without_limits_any_day_of_the_calendar_is_taken() -> None:
    assert moment("1999-12-31", None, None) == datetime(1999, 12, 31)
    assert moment("2031-05-01", None, None) == datetime(2031, 5, 1)
    assert moment("9999-12-31 24:00", None, None) == Fault("date_invalid")


def test_excel_serials_of_the_1904_system_lie_1462_days_later() -> None:
    assert moment("44565", EARLIEST, TODAY, date1904=True) == datetime(2026, 1, 5)
    assert moment("44565.5", EARLIEST, TODAY, date1904=True) == datetime(2026, 1, 5, 12)
    assert moment("2026-01-05", EARLIEST, TODAY, date1904=True) == datetime(2026, 1, 5)


def test_a_serial_is_rounded_to_the_second() -> None:
    assert read("46348.999988426") == datetime(2026, 11, 22, 23, 59, 59)


def test_a_due_day_without_a_time_ends_with_its_last_second() -> None:
    for text in ("2026-01-05", "46027", "2026年1月5日", "20260105"):
        assert moment(text, None, None, end_of_day=True) == datetime(2026, 1, 5, 23, 59, 59)
    assert moment("2026-01-05 17:00", None, None, end_of_day=True) == datetime(2026, 1, 5, 17)
    assert moment("2026-01-05 00:00", None, None, end_of_day=True) == datetime(2026, 1, 5)
    assert moment("2026-01-05 24:00", None, None, end_of_day=True) == datetime(2026, 1, 6)


@pytest.mark.parametrize("text", ["", "  ", "-", "/", "—", "——", "无", "－", "\u3000", "\u200b"])
def test_a_cell_that_says_nothing_is_an_unknown_day(text: str) -> None:
    assert read(text) is None
    assert day(text, EARLIEST, TODAY) is None


def test_a_broken_formula_is_named_as_such() -> None:
    assert reason("\ue000") == "formula_no_value"
    assert reason("\ue001#N/A") == "cell_error"
    assert reason("#REF!") == "cell_error"


def test_a_template_may_say_that_the_year_stands_last() -> None:
    assert moment("05/01/2022 12:00:21 AM", None, None, order="mdy") == datetime(2022, 5, 1, 0, 0, 21)
    assert moment("05/01/2022", None, None, order="dmy") == datetime(2022, 1, 5)
    assert moment("2022-05-01", None, None, order="dmy") == datetime(2022, 5, 1)
    assert moment("13/01/2022", None, None, order="mdy") == Fault("date_invalid")
    assert day("1/5/22", None, None, order="mdy") == Fault("date_ambiguous")
