"""Writes a clerk's confirmed mapping of a strange file as a template, to be used on the next such file."""

import json
from collections.abc import Mapping
from pathlib import Path

from data import template
from data.intake.header import Header


def confirmed(header: Header, **settings: str) -> dict[str, object]:
    """The raw template of a header as it was read (or corrected): one ledger, each field under its heading.

    settings: title, system, date_order, time_zone, as a template names them.
    """
    columns = {name: header.heading(told[0]) for name, told in header.columns.items()}
    return {**settings, "output": [{"ledger": header.ledger.name, "columns": columns}]}


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
