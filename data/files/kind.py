"""What kind of file it is: by its name, then by its first bytes, and refused where the two disagree."""

from dataclasses import dataclass

from data.files.signatures import SPOKEN, content_of
from data.trouble import FileRefused


@dataclass(frozen=True)
class Kind:
    """`name` is csv, xlsx, xls or geojson; `content` is what its first bytes must be."""

    name: str
    content: str
    delimiter: str = ","


_KINDS = {
    ".csv.gz": Kind("csv", "gzip"),
    ".tsv.gz": Kind("csv", "gzip", "\t"),
    ".csv": Kind("csv", "text"),
    ".tsv": Kind("csv", "text", "\t"),
    ".xlsx": Kind("xlsx", "zip"),
    ".xls": Kind("xls", "ole"),
    ".geojson": Kind("geojson", "text"),
    ".json": Kind("geojson", "text"),
}
_SAVE_AS = "请用 WPS 或 Excel 打开，另存为 xlsx 再导入"
_ADVICE = {
    "WPS 表格": (_SAVE_AS, (".et", ".ett")),
    "带宏或二进制的表格": (_SAVE_AS, (".xlsm", ".xlsb", ".xltx", ".xltm", ".xlt", ".xlam")),
    "其他软件的表格": (_SAVE_AS, (".ods", ".numbers", ".dbf", ".xml", ".htm", ".html", ".mht")),
    "纯文本": ("请用 WPS 或 Excel 打开，分好列后另存为 xlsx 或 csv 再导入", (".txt", ".log", ".md")),
    "文字文档": ("请把其中的表格复制到 Excel，另存为 xlsx 再导入", (".doc", ".docx", ".wps", ".rtf", ".pdf")),
    "图片": (
        "图片里的表格不能读取，请导入原来的电子表格",
        (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".heic"),
    ),
    "压缩包": ("请先解压，再导入里面的表格", (".zip", ".rar", ".7z", ".tar", ".gz")),
}


def kind_of(name: str) -> Kind:
    """The kind a file name promises. Raises FileRefused("unsupported_type")."""
    lower = name.strip().lower()
    if lower.startswith("~$"):
        raise FileRefused(
            "unsupported_type",
            f"「{name}」是表格打开时留下的临时文件，请关闭表格后导入不带「~$」的那个文件。",
        )
    for ending, kind in _KINDS.items():
        if lower.endswith(ending):
            return kind
    for what, (advice, endings) in _ADVICE.items():
        if lower.endswith(endings):
            raise FileRefused("unsupported_type", f"「{name}」是{what}，不能直接导入，{advice}。")
    raise FileRefused("unsupported_type", f"「{name}」不是能导入的类型，请另存为 xlsx、xls 或 csv 再导入。")


def check_content(name: str, kind: Kind, start: bytes) -> None:
    """Refuse ("type_mismatch") a file whose first bytes are not what its name promises."""
    content = content_of(start)
    if content != kind.content:
        raise mismatch(name, SPOKEN[content], content)


def mismatch(name: str, really: str, content: str = "") -> FileRefused:
    """The refusal of a file that is really something else."""
    advice = {
        "gzip": "请解压后再导入，或把文件名改成以 .csv.gz 结尾",
        "archive": "请先解压，再导入里面的表格",
        "binary": "请向提供文件的人重新要一份",
        "pdf": "请导入原来的电子表格",
        "picture": "请导入原来的电子表格",
    }.get(content, _SAVE_AS)
    return FileRefused("type_mismatch", f"「{name}」的内容其实是{really}，与文件名不符，{advice}。")
