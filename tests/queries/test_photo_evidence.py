"""An after-photo that is not its own: by name without a folder, by bytes and by sight with one."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data import photos
from queries import Scope, closures
from tests.builders import Row, street_of
from tests.data.test_photos import picture

WEEK = Scope(date(2026, 9, 7), date(2026, 9, 14), as_at=datetime(2026, 9, 14))
MONDAY = datetime(2026, 9, 7, 9)


def case(number: str, before: str | None, after: str | None, day: int = 2) -> Row:
    filed = MONDAY + timedelta(days=day - 2)
    return {
        "hazard_no": number,
        "place": f"店{number}",
        "reported_at": filed,
        "filed_at": filed,
        "closed_at": filed + timedelta(days=1),
        "has_photo_column": True,
        "photo_before": before,
        "photo_after": after,
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STREET_PHOTOS", str(tmp_path / "照片"))
    photos._album.cache_clear()
    return tmp_path / "照片"


def judged(tmp_path: Path, *rows: Row) -> tuple[set[str], int]:
    """The closings whose photo is not their own, and of how many that could be said."""
    street = street_of(tmp_path / "store", hazard=rows)
    listed = closures.review_list(street, WEEK)
    rules = closures.rules(street, WEEK)
    [could_judge] = rules.loc[rules["sign"] == "photo_repeated", "could_judge"]
    return set(listed.loc[listed["is_photo_repeated"].fillna(False), "hazard_no"]), int(could_judge)


def test_without_a_folder_only_names_can_give_a_photo_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STREET_PHOTOS", raising=False)
    rows = (
        case("1", "YH-000001_前.jpg", "YH-000001_前.jpg"),
        case("2", "YH-000002_前.jpg", "YH-000002_后.jpg"),
        case("3", "YH-000003_前.jpg", "YH-000002_后.jpg", day=3),
        # every camera has an IMG_0001
        case("4", None, "IMG_0001.jpg"),
        case("5", None, "IMG_0001.jpg", day=3),
    )
    assert judged(tmp_path, *rows) == ({"1", "3"}, 2)


def test_a_case_of_long_ago_may_have_shown_the_photo_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STREET_PHOTOS", raising=False)
    rows = (case("1", None, "YH-000001_后.jpg", day=-300), case("2", None, "YH-000001_后.jpg"))
    assert judged(tmp_path, *rows)[0] == {"2"}


def test_the_same_bytes_under_another_name_are_the_same_photo(folder: Path, tmp_path: Path) -> None:
    first, copy = picture(folder / "a.jpg", 1), folder / "b.jpg"
    copy.write_bytes(first.read_bytes())
    picture(folder / "c.jpg", 3)
    rows = (case("1", None, "a.jpg"), case("2", None, "b.jpg", day=3), case("3", None, "c.jpg", day=4))
    assert judged(tmp_path, *rows) == ({"2"}, 3)


def test_the_photo_before_saved_anew_is_no_photo_after(folder: Path, tmp_path: Path) -> None:
    picture(folder / "前.jpg", 1)
    picture(folder / "后.jpg", 1, size=(320, 240), quality=60)
    picture(folder / "真后.jpg", 2)
    rows = (case("1", "前.jpg", "后.jpg"), case("2", "前.jpg", "真后.jpg"))
    assert judged(tmp_path, *rows) == ({"1"}, 2)


def test_a_photo_that_is_not_in_the_folder_proves_nothing(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    assert judged(tmp_path, case("1", "前.jpg", "后.jpg")) == (set(), 0)
