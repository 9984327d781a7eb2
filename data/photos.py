"""The photos an office keeps in a folder of its own: which file a ledger's cell means, and which are alike.

They are never copied into the warehouse. Only files found by walking the folder are ever opened, so no name
in a ledger leads out of it.
"""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from data import settings
from data.cleaning.personal import scrub
from data.cleaning.text import tidy

ENDINGS = ("jpg", "jpeg", "png", "webp", "bmp", "gif")
NAMES = re.compile(rf"[^;；、|,，\n]+?\.(?:{'|'.join(ENDINGS)})(?=$|[\s;；、|,，])", re.IGNORECASE)
# A bomb of a picture is refused before it is unpacked.
MOST_PIXELS = 64_000_000
MOST_BYTES = 30_000_000
FILES_AT_MOST = 500_000
WALKED_FOR_S = 600
# A picture without contrast (a dark room, a blank page) is like any other one.
LEAST_CONTRAST = 8.0
ALIKE_BITS = 3


def names_in(cell: str | None) -> tuple[str, ...]:
    """The file names in a ledger's cell, which may hold several; none in 有 or in an embedded picture."""
    return tuple(name.strip() for name in NAMES.findall(cell)) if isinstance(cell, str) else ()


@dataclass(frozen=True)
class Print:
    """What a picture is recognised by: its bytes, and 64 bits of how its brightness runs; None: too plain."""

    sha256: str
    bits: int | None

    def is_like(self, other: "Print") -> bool:
        """Whether both are the same picture, perhaps saved anew in another size."""
        if self.sha256 == other.sha256:
            return True
        if self.bits is None or other.bits is None:
            return False
        return (self.bits ^ other.bits).bit_count() <= ALIKE_BITS


@dataclass(frozen=True)
class File:
    """One picture of the folder."""

    path: Path
    size: int


@dataclass(frozen=True)
class Album:
    """The pictures of the photo folder, by the names ledgers give them. Without a folder it is empty.

    `walk` numbers the walks through the folder: what was learnt from an earlier one may have changed.
    """

    folder: Path | None
    walk: int = 0

    def find(self, name: str) -> File | None:
        """The one file a name means: by its path in the folder, else by its own name if only one has it."""
        if self.folder is None:
            return None
        told = _key(name).strip("/")
        found = self._files.get(told) or self._files.get(f"/{told.rpartition('/')[2]}", ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def _files(self) -> dict[str, tuple[File, ...]]:
        files: dict[str, tuple[File, ...]] = {}
        for file in islice(_walked(self.folder), FILES_AT_MOST) if self.folder else ():
            key = _key(file.path.relative_to(self.folder or file.path).as_posix())
            for each in {key, f"/{key.rpartition('/')[2]}"}:
                # a second one is enough to know that a name means no file by itself
                files[each] = (*files.get(each, ())[:1], file)
        return files


def _walked(folder: Path) -> Iterator[File]:
    """Every picture below a folder; links are not followed, because they lead out of it."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walked(Path(entry.path))
        elif entry.is_file(follow_symlinks=False) and entry.name.rpartition(".")[2].lower() in ENDINGS:
            yield File(Path(entry.path), entry.stat(follow_symlinks=False).st_size)


def album() -> Album:
    """The office's photos as they lie there now; the folder is walked again after a while."""
    return _album(settings.photo_folder(), int(time.monotonic() // WALKED_FOR_S))


@lru_cache(maxsize=1)
def _album(folder: Path | None, walk: int) -> Album:
    return Album(folder, walk)


def opened(path: Path) -> Image.Image | None:
    """The picture, turned upright; None where it is none, or too large to unpack."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        picture = Image.open(path)
        if picture.width * picture.height > MOST_PIXELS:
            return None
        picture.draft("RGB", (1024, 1024))
        return ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


@lru_cache(maxsize=200_000)
def print_of(file: File, is_seen: bool = True) -> Print | None:
    """The file's print, kept while the server runs; only its bytes where it is not `is_seen`."""
    if file.size > MOST_BYTES:
        return None
    try:
        sha256 = hashlib.sha256(file.path.read_bytes()).hexdigest()
    except OSError:
        return None
    picture = opened(file.path) if is_seen else None
    return Print(sha256, _bits(picture) if picture else None)


def _bits(picture: Image.Image) -> int | None:
    """Whether each of 8 x 8 places is darker than its right neighbour."""
    grey = np.asarray(picture.convert("L").resize((9, 8), Image.Resampling.BOX), dtype=float)
    if grey.std() < LEAST_CONTRAST:
        return None
    return int.from_bytes(np.packbits(grey[:, 1:] > grey[:, :-1]).tobytes())


@lru_cache(maxsize=200_000)
def _key(name: str) -> str:
    """A name as it is compared: as the importer would have cleaned it, in one kind of slash and case."""
    return scrub(tidy(name)).replace("\\", "/").casefold()
