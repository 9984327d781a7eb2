"""One measure played through weeks or days, in the same classes from the first frame to the last."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from data import settings
from data.days.lunar import lunar_days
from data.glossary import Word
from pages.parts import exhibit, labels, maps, words
from pages.parts.ask import ask, street
from pages.parts.heat import choices, playback
from pages.parts.heat.playback import Film
from pages.parts.maps import land, looks, scale
from pages.parts.maps.ground import Ground
from pages.parts.maps.legend import is_bare
from pages.parts.periods import chunyun
from queries import Scope, grids
from queries.scope import looked_at

WEEKS, DAYS = 26, 28
ROOM = (maps.ROOM[0], 540)
COLUMNS = ("frame_on", "grid_code", "value", "numerator", "denominator", "is_reported", "is_small")


def show(measure: str, by: str, scope: Scope) -> None:
    """The player over the map."""
    covered = _stretch(land.everywhere(scope), by)
    term = labels.term(measure)

    def draw(ground: Ground, rows: pd.DataFrame) -> None:
        classes = scale.sequential(term, looks.clear(rows))
        frames = [frame for _, frame in rows.groupby("frame_on", sort=True)]
        film = _film(frames, by, measure)
        playback.show(film, lambda at: _frame(ground, frames[at], classes, film.said[at], scope))

    exhibit.show(
        f"{term.label}：{choices.STEPS[by]}",
        ask(grids.frames, covered, measure=measure, step=by),
        (measure, *COLUMNS),
        "played",
        land.under(draw),
        grids.frames,
        {"measure": measure, "step": by},
        empty="这段时间没有可播放的记录。",
        scope=covered,
    )


def _frame(ground: Ground, rows: pd.DataFrame, classes: scale.Scale, said: str, scope: Scope) -> None:
    look = looks.of_rows(ground, rows, classes)
    clicked = land.clicker(ground, rows)

    def follow(code: str) -> None:
        clicked(code)
        playback.apply_everywhere()

    alt = f"{classes.word.label}，{said}"
    maps.grids(ground, look, "played", alt, scope.grids, follow, ROOM)


def _stretch(scope: Scope, by: str) -> Scope:
    """The days played: half a year by week, four weeks by day, up to the chosen end; or the latest 春运."""
    if by == "week":
        return scope.reaching(WEEKS)
    if by == "day":
        return replace(scope, since=min(scope.since, scope.until - timedelta(days=DAYS)))
    since, until = chunyun(settings.today())
    return replace(scope, since=since, until=until, as_at=looked_at(until, street().as_at))


def _film(frames: list[pd.DataFrame], by: str, measure: str) -> Film:
    term = labels.term(measure)
    days = [frame["frame_on"].iloc[0].date() for frame in frames]
    totals = [total(frame, term) for frame in frames]
    return Film(
        tuple(day.isoformat() for day in days),
        tuple(_called(day, by) for day in days),
        tuple(total for _, total in totals),
        tuple(f"{kind} {looks.amount(total, term)}" for kind, total in totals),
    )


def total(frame: pd.DataFrame, term: Word) -> tuple[str, float | None]:
    """What all grids come to: counts add up, rates and densities by denominator, else the median."""
    known = frame.dropna(subset=["value"])
    if known.empty:
        return "", None
    if is_bare(term):
        return "各网格合计", float(known["value"].sum())
    weight = known["denominator"].fillna(0)
    if not weight.sum():
        return "各网格中位数", float(known["value"].median())
    return "各网格合起来", float((known["value"] * weight).sum() / weight.sum())


def _called(day: date, by: str) -> str:
    today = settings.today()
    if by == "week":
        return words.days(day, day + timedelta(weeks=1), today)
    if by == "day":
        return words.day(day, today)
    lunar = lunar_days(pd.DatetimeIndex([day]))["lunar_text"].iloc[0]
    return f"{lunar}（{words.day(day, today)}）"
