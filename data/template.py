"""Source templates: a small TOML that says how a foreign file's columns, codes and dates become a ledger's.

A template names and maps; it cannot run code. One file may become several ledgers: an `[[output]]` for each.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.contract import Ledger, ledgers
from data.settings import PACKAGE, ZONE
from data.trouble import Trouble

FOLDER = PACKAGE / "contracts" / "templates"
YEAR_LAST = re.compile(
    r"^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(\d{1,2}:\d{2}(?::\d{2})?)\s*([AaPp][Mm])?)?\s*$"
)
KEYS = frozenset(["title", "earliest", "system", "date_order", "time_zone", "output"])
OUTPUT_KEYS = frozenset(
    [
        "ledger",
        "columns",
        "constants",
        "values",
        "bands",
        "where",
        "duplicates",
        "shift_days",
        "grid_from_points",
        "unmatched_grid",
        "own_headings",
    ]
)
# In a file that has the ledger's own headings only what stands below them is put differently.
WITH_OWN_HEADINGS = frozenset(
    ["ledger", "own_headings", "values", "constants", "duplicates", "unmatched_grid"]
)


@dataclass(frozen=True)
class Band:
    """Scores up to and including `up_to` mean `value`."""

    up_to: float
    value: str


@dataclass(frozen=True)
class Condition:
    """A row is kept where the heading's cell is (or is not) one of the values, or starts with `prefix`.

    Without values and prefix, any filled cell will do.
    """

    heading: str
    values: tuple[str, ...] = ()
    prefix: str = ""
    is_not: bool = False


@dataclass(frozen=True)
class Output:
    """How rows of the file become records of one ledger. `columns` maps our field to their heading.

    `has_own_headings`: the file has the ledger's own headings, so none is named.
    """

    ledger: Ledger
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bands: Mapping[str, tuple[Band, ...]] = field(default_factory=dict)
    where: tuple[Condition, ...] = ()
    shift_days: int = 0
    keeps_first: bool = False
    has_grid_from_points: bool = False
    is_grid_optional: bool = False
    has_own_headings: bool = False

    @property
    def headings(self) -> frozenset[str]:
        """Every heading of theirs that the output needs."""
        return frozenset(self.columns.values()) | {condition.heading for condition in self.where}


@dataclass(frozen=True)
class Template:
    """A foreign file's description.

    `earliest` widens the allowed dates; `system` names the coordinate system of its points.
    """

    title: str
    outputs: tuple[Output, ...]
    earliest: date | None = None
    system: str | None = None
    date_order: str = "ymd"
    time_zone: str | None = None

    def moment_text(self, text: str, shift_days: int = 0) -> str:
        """A date cell of theirs in the importer's order and zone, shifted; left alone where it is no date."""
        ordered = self._year_first(text)
        if self.time_zone is None and not shift_days:
            return ordered
        try:
            there = datetime.fromisoformat(ordered.strip())
        except ValueError:
            return ordered
        if self.time_zone:
            there = there.replace(tzinfo=there.tzinfo or ZoneInfo(self.time_zone)).astimezone(ZONE)
        return (there + timedelta(days=shift_days)).strftime("%Y-%m-%d %H:%M:%S")

    def _year_first(self, text: str) -> str:
        found = YEAR_LAST.match(text) if self.date_order != "ymd" else None
        if not found:
            return text
        first, second, year, time, half = found.groups()
        month, day = (first, second) if self.date_order == "mdy" else (second, first)
        return f"{year}-{int(month):02}-{int(day):02} {_full_day_clock(time, half)}".strip()


def _full_day_clock(time: str | None, half: str | None) -> str:
    if not time:
        return ""
    hours, _, rest = time.partition(":")
    hour = int(hours)
    if half:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return f"{hour:02}:{rest}"


def load(path: Path) -> Template:
    """Reads a template. Raises Trouble that says in Chinese which part of it is wrong."""
    if not path.exists() and (shipped := FOLDER / f"{path.name.removesuffix('.toml')}.toml").exists():
        path = shipped
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError:
        raise Trouble(f"找不到模板「{path}」。自带的模板有：{'、'.join(shipped_names())}。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Trouble(f"模板「{path.name}」不是有效的 TOML：{error}。") from None
    return parsed(raw, path.name)


def shipped_names() -> tuple[str, ...]:
    """The templates that come with the product, by name."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def parsed(raw: Mapping[str, Any], name: str) -> Template:
    """The template a TOML holds, checked: unknown keys, ledgers, fields or zones are a Trouble."""
    wrong = [f"不认识的项「{key}」" for key in raw.keys() - KEYS]
    if raw.get("date_order", "ymd") not in {"ymd", "mdy", "dmy"}:
        wrong.append("date_order 应为 ymd、mdy 或 dmy")
    if raw.get("system") not in {None, "WGS-84", "GCJ-02", "BD-09"}:
        wrong.append("system 应为 WGS-84、GCJ-02 或 BD-09")
    try:
        ZoneInfo(raw.get("time_zone", "Asia/Shanghai"))
    except (ZoneInfoNotFoundError, ValueError):
        wrong.append(f"不认识的时区「{raw['time_zone']}」")
    outputs = raw.get("output", [])
    if not outputs:
        wrong.append("至少要有一个 [[output]]")
    for output in outputs:
        wrong += _faults(output)
    if len(outputs) > 1 and any(output.get("own_headings") for output in outputs):
        wrong.append("写了 own_headings 的模板只能有一个 [[output]]")
    if wrong:
        raise Trouble(f"模板「{name}」有误：{'；'.join(wrong)}。")
    return Template(
        title=raw.get("title", name),
        outputs=tuple(_output(output) for output in outputs),
        earliest=raw.get("earliest"),
        system=raw.get("system"),
        date_order=raw.get("date_order", "ymd"),
        time_zone=raw.get("time_zone"),
    )


def _faults(output: Mapping[str, Any]) -> list[str]:
    ledger = ledgers().get(output.get("ledger", ""))
    if ledger is None:
        return [f"不认识的台账「{output.get('ledger', '')}」，可用：{'、'.join(ledgers())}"]
    known = {each.name for each in ledger.fields}
    named = [name for part in ("columns", "constants", "values", "bands") for name in output.get(part, {})]
    wrong = [f"不认识的项「{key}」" for key in output.keys() - OUTPUT_KEYS]
    if output.get("own_headings"):
        others = sorted(output.keys() & OUTPUT_KEYS - WITH_OWN_HEADINGS)
        wrong += [f"own_headings 不能和「{key}」一起用" for key in others]
    return wrong + [f"台账 {ledger.name} 没有字段「{name}」" for name in named if name not in known]


def _output(raw: Mapping[str, Any]) -> Output:
    return Output(
        ledger=ledgers()[raw["ledger"]],
        columns=raw.get("columns", {}),
        constants=raw.get("constants", {}),
        values=raw.get("values", {}),
        bands={
            name: tuple(Band(float(each["up_to"]), each["value"]) for each in bands)
            for name, bands in raw.get("bands", {}).items()
        },
        where=tuple(_condition(each) for each in raw.get("where", [])),
        shift_days=raw.get("shift_days", 0),
        keeps_first=raw.get("duplicates") == "first",
        has_grid_from_points=raw.get("grid_from_points", False),
        is_grid_optional=raw.get("unmatched_grid") == "keep",
        has_own_headings=raw.get("own_headings", False),
    )


def _condition(raw: Mapping[str, Any]) -> Condition:
    values: Sequence[str] = raw.get("is", raw.get("is_not", []))
    return Condition(raw["heading"], tuple(values), raw.get("starts_with", ""), "is_not" in raw)
