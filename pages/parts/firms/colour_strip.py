"""A subject's colours in time: a strip from left to right, and every change in words below it."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data import settings
from pages.parts import exhibit, theme, words
from pages.parts.ask import ask
from queries import Scope, subject_card

COLUMNS = ["begins_on", "ends_on", "colour", "score", "candidate", "occasion", "rule_version", "reason"]
CHANGES_SHOWN = 6
# Narrower parts of the strip, in per cent, have no room for their mark.
NARROWEST = 3.0


def show(enterprise_key: str, scheme: str, scope: Scope) -> None:
    """The strip of one scheme with its last changes; the drawer lists every evaluation."""
    rows = ask(subject_card.strip, scope, enterprise_key=enterprise_key)
    exhibit.show(
        "颜色的来路",
        rows[rows["scheme"] == scheme],
        COLUMNS,
        f"strip_{scheme}",
        lambda told: st.html(strip(runs(told)) + changes(runs(told))),
        subject_card.strip,
        {"enterprise_key": enterprise_key},
        empty="还没有评定过。",
        note="从左到右是从早到晚；每一段写着颜色和记号。",
    )


def runs(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Looks in a row with one colour as one run: its colour, its days, and the reason it began with."""
    found: list[dict[str, Any]] = []
    for row in rows.to_dict("records"):
        if found and found[-1]["colour"] == row["colour"]:
            found[-1]["ends_on"] = row["ends_on"]
        else:
            found.append(
                {name: row[name] for name in ("colour", "begins_on", "ends_on", "reason", "rule_version")}
            )
    return found


def strip(parts: Sequence[Mapping[str, Any]]) -> str:
    """The strip as HTML: widths by days, colour, mark and, for a screen reader, words."""
    days = [(part["ends_on"] - part["begins_on"]).days for part in parts]
    whole = max(sum(days), 1)
    cells = "".join(
        f'<i class="{part["colour"]}" style="flex:{length}" title="{_said(part)}">'
        f"{theme.MARKS[part['colour']] if 100 * length / whole >= NARROWEST else ''}</i>"
        for part, length in zip(parts, days, strict=True)
    )
    first, last = parts[0]["begins_on"].date(), parts[-1]["ends_on"].date()
    said = html.escape("；".join(_said(part) for part in parts), quote=True)
    return (
        f'<div class="colour-strip" role="img" aria-label="{said}">{cells}</div>'
        f'<p class="colour-strip-ends"><span>{words.day(first, settings.today())}</span>'
        f"<span>{words.day(last, settings.today())}</span></p>"
    )


def changes(parts: Sequence[Mapping[str, Any]]) -> str:
    """The last changes of colour, the newest first, each with its day and why."""
    lines = "".join(_change(part) for part in reversed(parts[-CHANGES_SHOWN:]))
    return f'<ol class="colour-changes">{lines}</ol>'


def _change(part: Mapping[str, Any]) -> str:
    on = words.day(part["begins_on"].date(), settings.today())
    why = "" if words.is_missing(part["reason"]) else html.escape(str(part["reason"]))
    return f"<li><time>{on}</time>{theme.chip(part['colour'])}<span>{why}</span></li>"


def _said(part: Mapping[str, Any]) -> str:
    today = settings.today()
    since, until = part["begins_on"].date(), part["ends_on"].date()
    return html.escape(f"{words.days(since, until, today)} {theme.WORDS[part['colour']]}", quote=True)
