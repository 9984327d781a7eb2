"""Writes a clerk's confirmed mapping of a strange file as a template, to be used on the next such file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from data import template
from data.trouble import Trouble


def mapping(ledger: str, pairs: Sequence[str], **settings: str) -> dict[str, object]:
    """The raw template of a mapping as a clerk gives it: "field=heading", one for each column of a ledger.

    settings: title, system, date_order, time_zone, as a template names them.
    Raises Trouble where a pair is none; what the ledger does not know is found when the template is parsed.
    """
    columns = {}
    for pair in pairs:
        name, sign, heading = pair.partition("=")
        if not (sign and name.strip() and heading.strip()):
            raise Trouble(f"「{pair}」应写成 字段=表头，如 hazard_no=案号。")
        columns[name.strip()] = heading.strip()
    return {**settings, "output": [{"ledger": ledger, "columns": columns}]}


def written(raw: Mapping[str, object]) -> str:
    """A raw template as TOML. Raises Trouble where it is no template."""
    template.parsed(raw, str(raw.get("title", "模板")))
    lines = [f"{name} = {_value(value)}" for name, value in raw.items() if name != "output"]
    outputs = raw["output"]
    assert isinstance(outputs, list)
    for output in outputs:
        lines += ["", "[[output]]", *_lines(output, "output")]
    return "\n".join(lines).lstrip("\n") + "\n"


def save(raw: Mapping[str, object], path: Path) -> None:
    """Writes the template. Raises Trouble where it is none, OSError where the place cannot be written."""
    path.write_text(written(raw), "utf-8")


def _lines(table: Mapping[str, object], path: str) -> list[str]:
    """Plain values first, then each table under a heading of its own, as TOML wants them."""
    plain = {name: value for name, value in table.items() if not isinstance(value, Mapping)}
    lines = [f"{_key(name)} = {_value(value)}" for name, value in plain.items()]
    for name, value in table.items():
        if isinstance(value, Mapping) and value:
            inner = f"{path}.{_key(name)}"
            lines += ["", f"[{inner}]", *_lines(value, inner)]
    return lines


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").isalnum() else _value(name)


def _value(value: object) -> str:
    """One value: TOML writes texts, numbers, flags and lists as JSON does, but for one control character."""
    if isinstance(value, list):
        return "[" + ", ".join(_inline(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _inline(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(each)}" for name, each in value.items()) + " }"
    return _value(value)
