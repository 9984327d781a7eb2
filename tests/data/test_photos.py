"""The photo folder: which file a cell means, what never leads out of it, and which pictures are alike."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data import photos
from data.photos import Album


def picture(path: Path, seed: int, size: tuple[int, int] = (160, 120), quality: int = 90) -> Path:
    """A picture of coarse blocks, the same for the same seed in every size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blocks = np.random.default_rng(seed).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    Image.fromarray(blocks).resize(size, Image.Resampling.NEAREST).save(path, quality=quality)
    return path


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("YH-1_后.jpg", ("YH-1_后.jpg",)),
        ("a.jpg;b.PNG；c.jpeg、d.webp", ("a.jpg", "b.PNG", "c.jpeg", "d.webp")),
        ("一 二.jpg 三.jpg", ("一 二.jpg", "三.jpg")),
        ("2026/11/YH-1.jpg", ("2026/11/YH-1.jpg",)),
        ("有", ()),
        ('=DISPIMG("ID_0A1B",1)', ()),
        ("", ()),
        (None, ()),
        (float("nan"), ()),
    ],
)
def test_a_cell_may_name_several_files_or_none(cell: str | None, names: tuple[str, ...]) -> None:
    assert photos.names_in(cell) == names


def found(album: Album, name: str) -> Path | None:
    file = album.find(name)
    return file.path if file else None


def test_a_file_is_found_by_its_path_or_by_its_own_name(tmp_path: Path) -> None:
    path = picture(tmp_path / "2026" / "YH-1_后.JPG", 1)
    album = Album(tmp_path)
    for name in ("2026/YH-1_后.JPG", "2026\\yh-1_后.jpg", "YH-1_后.jpg", "ＹＨ-1_后.jpg", "旧盘/YH-1_后.jpg"):
        assert found(album, name) == path, name


def test_a_name_that_two_files_have_is_nobody_s(tmp_path: Path) -> None:
    first = picture(tmp_path / "一" / "1.jpg", 1)
    picture(tmp_path / "二" / "1.jpg", 2)
    assert found(Album(tmp_path), "1.jpg") is None
    assert found(Album(tmp_path), "一/1.jpg") == first


@pytest.mark.parametrize(
    "name", ["../秘密.jpg", "照片/../../秘密.jpg", "/etc/秘密.jpg", "秘密.jpg", "链接.jpg"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    secret = picture(tmp_path / "秘密.jpg", 1)
    (tmp_path / "照片").mkdir()
    (tmp_path / "照片" / "链接.jpg").symlink_to(secret)
    (tmp_path / "照片" / "夹").symlink_to(tmp_path, target_is_directory=True)
    assert found(Album(tmp_path / "照片"), name) is None


def test_only_pictures_are_found(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(b"x")
    assert found(Album(tmp_path), "台账.xlsx") is None


def test_without_a_folder_nothing_is_found_and_none_is_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STREET_PHOTOS", raising=False)
    assert photos.album().folder is None
    assert photos.album().find("a.jpg") is None


def test_a_folder_that_is_gone_is_empty(tmp_path: Path) -> None:
    assert Album(tmp_path / "没有").find("a.jpg") is None


def print_of(path: Path) -> photos.Print:
    made = photos.print_of(photos.File(path, path.stat().st_size))
    assert made is not None
    return made


def test_a_picture_saved_anew_in_another_size_is_the_same_one(tmp_path: Path) -> None:
    first = print_of(picture(tmp_path / "a.jpg", 1))
    again = print_of(picture(tmp_path / "b.jpg", 1, size=(320, 240), quality=60))
    other = print_of(picture(tmp_path / "c.jpg", 2))
    assert first.sha256 != again.sha256
    assert first.is_like(again)
    assert not first.is_like(other)


def test_two_hundred_pictures_are_all_told_apart(tmp_path: Path) -> None:
    prints = [print_of(picture(tmp_path / f"{n}.jpg", n)) for n in range(200)]
    alike = [(a, b) for a in range(200) for b in range(a) if prints[a].is_like(prints[b])]
    assert alike == []


def test_a_dark_picture_is_like_no_other_one(tmp_path: Path) -> None:
    Image.new("RGB", (160, 120), (3, 3, 3)).save(tmp_path / "暗.jpg")
    Image.new("RGB", (200, 120), (4, 4, 4)).save(tmp_path / "黑.jpg")
    assert not print_of(tmp_path / "暗.jpg").is_like(print_of(tmp_path / "黑.jpg"))


def test_what_is_no_picture_has_its_bytes_for_a_print_and_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "假.jpg"
    path.write_text("<script>alert(1)</script>", "utf-8")
    assert photos.opened(path) is None
    assert print_of(path).bits is None


def test_a_picture_too_large_to_unpack_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture(tmp_path / "大.png", 1)
    monkeypatch.setattr(photos, "MOST_PIXELS", 100)
    assert photos.opened(path) is None
