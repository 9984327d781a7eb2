"""The rows behind the figures of 三色管理; the scheme is the page's own and comes with the question."""

from collections.abc import Mapping

from pages.parts.behind.rows import Behind
from queries import three_colour

SUBJECT = ("name", "grid_name", "colour", "colour_days", "score", "is_stale", "reason")
EDGE = ("name", "grid_name", "colour", "edge_kind", "edge_what", "points_above_floor", "score")


def _coloured(word: str, colour: str) -> tuple[Behind, ...]:
    return (Behind(word, three_colour.subjects, SUBJECT, only=("colour", colour)),)


ROWS: Mapping[str, tuple[Behind, ...]] = {
    "red_rate": _coloured("红", "red"),
    "yellow_rate": _coloured("黄", "yellow"),
    "green_rate": _coloured("绿", "green"),
    "rated_rate": _coloured("未评", "unrated"),
    "near_edge_count": (Behind("临界户", three_colour.near_edge, EDGE, only=("edge_kind", "points")),),
}
