"""The old Office container (OLE): finding and reading one stream of an xls file."""

import struct

_END = 0xFFFFFFFA
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class BrokenContainer(Exception):  # noqa: N818 - says what it is
    """The container's own tables do not hold together."""


def holds_encrypted_workbook(data: bytes) -> bool:
    """Whether an OLE file is only the wrapping of an xlsx saved with a password."""
    return _ENCRYPTED in data


def workbook_stream(data: bytes) -> bytes | None:
    """The bytes of the stream Workbook (Excel 97 on) or Book (Excel 95); None where there is neither.

    Raises BrokenContainer.
    """
    try:
        return _workbook_stream(data)
    except (struct.error, IndexError, MemoryError):
        raise BrokenContainer from None


def _workbook_stream(data: bytes) -> bytes | None:
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise BrokenContainer
    size = 1 << shift
    directory_start, _, cutoff, mini_start, _, extra, extra_count = struct.unpack_from("<2LL2L2L", data, 48)
    fat_sectors = [sector for sector in struct.unpack_from("<109L", data, 76) if sector < _END]
    for _ in range(min(extra_count, len(data) // size)):
        more = struct.unpack(f"<{size // 4}L", _sector(data, extra, size))
        fat_sectors += [sector for sector in more[:-1] if sector < _END]
        extra = more[-1]
        if extra >= _END:
            break
    fat: list[int] = []
    for sector in fat_sectors[: len(data) // size + 1]:
        fat += struct.unpack(f"<{size // 4}L", _sector(data, sector, size))
    directory = b"".join(_sector(data, sector, size) for sector in _chain(fat, directory_start))
    entries = [directory[start : start + 128] for start in range(0, len(directory) - 127, 128)]
    named = {_name(entry): entry for entry in reversed(entries)}
    found = named.get("workbook") or named.get("book")
    if found is None:
        return None
    start, length = struct.unpack_from("<LL", found, 116)
    if length >= cutoff:
        return b"".join(_sector(data, sector, size) for sector in _chain(fat, start))[:length]
    root_start = struct.unpack_from("<L", entries[0], 116)[0]
    small = b"".join(_sector(data, sector, size) for sector in _chain(fat, root_start))
    mini_table = b"".join(_sector(data, sector, size) for sector in _chain(fat, mini_start))
    mini_fat = list(struct.unpack(f"<{len(mini_table) // 4}L", mini_table))
    return b"".join(small[sector * 64 : sector * 64 + 64] for sector in _chain(mini_fat, start))[:length]


def _name(entry: bytes) -> str:
    length = min(struct.unpack_from("<H", entry, 64)[0], 64)
    return entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace").lower()


def _sector(data: bytes, number: int, size: int) -> bytes:
    sector = data[(number + 1) * size : (number + 2) * size]
    # The last sector of a file may be cut short; any other one missing is damage.
    return sector.ljust(size, b"\x00") if sector else b""


def _chain(table: list[int], start: int) -> list[int]:
    chain: list[int] = []
    while start < _END:
        chain.append(start)
        if len(chain) > len(table):
            raise BrokenContainer
        start = table[start]
    return chain
