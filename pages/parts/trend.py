"""A small line without axes for a card, drawn by the style sheet alone: no chart library has to be loaded."""

import html
from collections.abc import Sequence


def line(values: Sequence[float | None], said: str) -> str:
    """The line as HTML, its last point marked; an empty place of that size with fewer than two values.

    Every line stands on zero, so that cards side by side compare: from 6 to 4 is no fall to nothing.
    `said` is what a screen reader says instead.
    """
    known = [(place, float(value)) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return '<div class="trend"></div>'
    lowest, highest = (end(0.0, *(value for _, value in known)) for end in (min, max))
    height, last = highest - lowest or 1.0, len(values) - 1
    points = [(100 * place / last, 92 - 84 * (value - lowest) / height) for place, value in known]
    above = ",".join(f"{x:.1f}% calc({y:.1f}% - var(--stroke))" for x, y in points)
    below = ",".join(f"{x:.1f}% calc({y:.1f}% + var(--stroke))" for x, y in reversed(points))
    area = ",".join(f"{x:.1f}% {y:.1f}%" for x, y in points)
    (first_x, _), (last_x, last_y) = points[0], points[-1]
    return (
        f'<div class="trend" role="img" aria-label="{html.escape(said, quote=True)}">'
        f'<i class="area" style="clip-path:polygon({area},{last_x:.1f}% 100%,{first_x:.1f}% 100%)"></i>'
        f'<i style="clip-path:polygon({above},{below})"></i>'
        f'<b style="left:{last_x:.1f}%;top:{last_y:.1f}%"></b></div>'
    )
