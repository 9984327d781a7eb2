"""What the first bytes of a file say it is, whatever its name says."""

_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"PAR1", "binary"),
    (b"SQLite format 3\x00", "binary"),
    (b"\x7fELF", "binary"),
)
_MARKUP = (
    b"<!doctype html",
    b"<html",
    b"<table",
    b"<head",
    b"<meta",
    b"<body",
    b"<style",
    b"<div",
    b"<script",
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TEXT_CONTROLS = frozenset(b"\t\n\f\r\x1a")

SPOKEN = {
    "zip": "压缩包格式的文件（如 xlsx、docx、zip）",
    "ole": "旧版 Office 文件（如 xls、doc）",
    "gzip": "gz 压缩文件",
    "pdf": "PDF 文件",
    "picture": "图片",
    "archive": "压缩包",
    "html": "网页表格",
    "xml": "XML 文件",
    "text": "纯文本",
    "binary": "无法辨认的二进制内容",
}


def content_of(start: bytes) -> str:
    """One of the keys of SPOKEN, judged from the first bytes of the file (64 KB are plenty)."""
    for magic, what in _MAGIC:
        if start.startswith(magic):
            return what
    markup = start.replace(b"\x00", b"")
    for bom in _BOMS:
        markup = markup.removeprefix(bom)
    markup = markup.lstrip()[:4096].lower()
    if markup.startswith((*_MARKUP, b"mime-version:")):
        return "html"
    if markup.startswith((b"<?xml", b"<!--", b"<!doctype")):
        return "html" if b"<html" in markup else "xml"
    return "binary" if _is_binary(start) else "text"


def wide_text(start: bytes) -> str | None:
    """The UTF-16 codec of a text, by its byte order mark or by its pattern of zero bytes; else None."""
    if start.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if start.startswith(b"\xfe\xff"):
        return "utf-16-be"
    sample = start[: len(start) // 2 * 2][:4096]
    evens, odds = sample[0::2], sample[1::2]
    # Commas, digits and line ends leave every second byte zero; Chinese characters leave none of either.
    for codec, zeros, others in (("utf-16-le", odds, evens), ("utf-16-be", evens, odds)):
        if len(sample) >= 8 and zeros.count(0) > len(zeros) / 10 and others.count(0) <= len(others) / 50:
            text = sample.decode(codec, errors="replace")
            if "\n" in text or "\r" in text or "," in text or "\t" in text:
                return codec
    return None


def _is_binary(start: bytes) -> bool:
    if wide_text(start):
        return False
    controls = sum(start.count(byte) for byte in range(32) if byte not in _TEXT_CONTROLS)
    return controls >= 4 and controls > len(start) / 20
