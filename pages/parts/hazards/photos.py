"""A case's photos as thumbnails: from the photo folder only, drawn anew so that nothing hides in them."""

import io
from pathlib import Path

import numpy as np
import streamlit as st
from PIL import Image

from data import photos
from pages.parts import notices, words

WIDEST_PX, QUALITY = 640, 82
SHOWN_AT_MOST = 4
SIDES = ("整改前", "整改后")


def show(before: str | None, after: str | None) -> None:
    """The photos before and after side by side; a sentence for what is not named or not found."""
    if not (before or after):
        notices.quiet("台账没有写照片。")
        return
    album = photos.album()
    if album.folder is None:
        notices.quiet("台账写了照片文件名；管理员用环境变量 STREET_PHOTOS 指定照片文件夹后，这里显示缩略图。")
        return
    for column, side, cell in zip(st.columns(2), SIDES, (before, after), strict=True):
        with column:
            _side(album, side, cell)


def _side(album: photos.Album, side: str, cell: str | None) -> None:
    names = photos.names_in(cell)
    drawn = [(name, thumbnail(file.path)) for name in names if (file := album.find(name))]
    found = [(name, picture) for name, picture in drawn if picture]
    for name, picture in found[:SHOWN_AT_MOST]:
        st.image(picture, caption=words.literal(f"{side}　{name}"), width="stretch")
    missing = len(names) - len(found)
    if not names:
        notices.quiet(f"{side}：{'写的不是文件名' if cell else '没有照片'}。")
    elif missing:
        notices.quiet(f"{side}：{missing} 张在照片文件夹里找不到或打不开。")


def thumbnail(path: Path) -> bytes | None:
    """A small JPEG of the pixels alone: no EXIF, no place, no camera. None for what is no picture."""
    state = path.stat()
    return _thumbnail(path, state.st_size, state.st_mtime_ns)


@st.cache_data(show_spinner=False, max_entries=500)
def _thumbnail(path: Path, size: int, changed_ns: int) -> bytes | None:
    """`size` and `changed_ns` are only part of the key: a file that was replaced is drawn again."""
    picture = photos.opened(path)
    if picture is None:
        return None
    picture.thumbnail((WIDEST_PX, WIDEST_PX))
    drawn = io.BytesIO()
    Image.fromarray(np.asarray(picture)).save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()
