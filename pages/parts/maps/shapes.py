"""The marks of the three colours as small pictures: a shape of its own for each, ringed where it is old.

All stand on one picture that a browser fetches once, from this server.
"""

import gzip
import hashlib
from functools import cache
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

from pages.parts import theme
from pages.parts.maps import colours, shelf
from pages.parts.maps.colours import Colour

CELL = 64
# Drawn larger and made smaller, for smooth edges.
FINE = 8
MIDDLE = CELL / 2
# From the middle to the corners, as shares of a circle's radius: about the same area for every shape.
CORNERS = {"yellow": (3, 1.5, -pi / 2), "red": (4, 1.27, -pi / 4), "unrated": (4, 1.3, -pi / 2)}
RADIUS, EDGE, HALO, HOLLOW = 15.0, 2.5, 2.5, 5.0
RING, RING_WIDTH, INSIDE = 28.0, 3.5, 0.8
# A letter for every colour, and another after it where the colour is stale.
LETTERS = {"unrated": "u", "green": "g", "yellow": "y", "red": "r"}
STALE = "s"


def known(cell: object) -> str:
    """A colour of the house; whatever else is told is unrated."""
    return str(cell) if cell in theme.MARKS else "unrated"


def places() -> dict[str, dict[str, int | bool]]:
    """Where on the picture every mark is, as deck.gl reads it."""
    return {
        f"{letter}{old}": {"x": x * CELL, "y": y * CELL, "width": CELL, "height": CELL, "mask": False}
        for x, letter in enumerate(LETTERS.values())
        for y, old in enumerate(("", STALE))
    }


def picture() -> str:
    """The address of the picture in the theme now shown."""
    fills = tuple((name, colours.of(theme.fill(name))) for name in LETTERS)
    drawn = _picture(fills, colours.card(), colours.text(), theme.mode())
    return shelf.lend(drawn)


@cache
def _picture(
    fills: tuple[tuple[str, Colour], ...], card: Colour, ink: Colour, shown: theme.Mode
) -> shelf.Sheet:
    sheet = Image.new("RGBA", (CELL * len(fills) * FINE, CELL * 2 * FINE))
    pen = ImageDraw.Draw(sheet)
    edges = {"yellow": colours.of(theme.ON_COLOUR["yellow"])}
    for nth, (name, fill) in enumerate(fills):
        for row in (0, 1):
            at = (nth * CELL + MIDDLE, row * CELL + MIDDLE)
            if row:
                _circle(pen, at, RING + HALO, card)
                _circle(pen, at, RING, ink)
                _circle(pen, at, RING - RING_WIDTH, card)
            radius = RADIUS * INSIDE if row else RADIUS
            edge = edges.get(name, ink if shown == "dark" else fill)
            if not row:
                _mark(pen, at, name, radius, EDGE + HALO, card)
            _mark(pen, at, name, radius, EDGE, edge)
            _mark(pen, at, name, radius, 0, fill)
            if name == "unrated":
                _mark(pen, at, name, radius, EDGE - HOLLOW, card)
    return _lendable(sheet.reduce(FINE))


def _lendable(drawn: Image.Image) -> shelf.Sheet:
    written = BytesIO()
    drawn.save(written, "PNG", optimize=True)
    packed = written.getvalue()
    name = f"{hashlib.sha256(packed).hexdigest()[:40]}.png"
    return shelf.Sheet(name, gzip.compress(packed, 6, mtime=0))


def _mark(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], name: str, radius: float, wider: float, fill: Colour
) -> None:
    """A shape about as large as a circle of this radius; `wider` moves every side out by as much."""
    if name not in CORNERS:
        _circle(pen, at, radius + wider, fill)
        return
    count, far, first = CORNERS[name]
    reach = radius * far + wider / cos(pi / count)
    down = radius * far / 6 if count == 3 else 0.0
    turns = [first + 2 * pi * nth / count for nth in range(count)]
    corners = [(at[0] + reach * cos(turn), at[1] + down + reach * sin(turn)) for turn in turns]
    pen.polygon([(x * FINE, y * FINE) for x, y in corners], fill=fill)


def _circle(pen: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, fill: Colour) -> None:
    pen.ellipse([(part + way * radius) * FINE for way in (-1, 1) for part in at], fill=fill)
