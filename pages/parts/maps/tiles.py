"""The base map an administrator may name with `STREET_TILES`; nothing is called unless it is named.

Either a folder on this machine that holds {z}/{x}/{y}.png (or jpg, webp), or the address of a map service
with {z}, {x} and {y} in it, such as 天地图's with its key. Both are in WGS-84 or CGCS2000, as grids are.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from data import settings
from pages.parts.maps import shelf

ADDRESS = re.compile(r"https?://[^\s'\"<>;]+")
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
TILES = "/maps/tiles"
TILE_PX = 256
# Quiet, so that the classes stay what one sees first.
PAINT = {"raster-opacity": 0.6, "raster-saturation": -0.7}


def address() -> str:
    """Where tiles come from, {z}, {x} and {y} in it; empty where nothing, or nothing usable, is named."""
    named = settings.tiles()
    if ADDRESS.fullmatch(named):
        return named if all(part in named for part in ("{z}", "{x}", "{y}")) else ""
    if named and Path(named).is_dir():
        seen = urlsplit(st.context.url or "")
        return f"{seen.scheme}://{seen.netloc}{shelf.root()}{TILES}/{{z}}/{{x}}/{{y}}" if seen.netloc else ""
    return ""


def style() -> str:
    """The address of the base map's style; empty where there is no base map."""
    source = address()
    if not source:
        return ""
    base = {"type": "raster", "tiles": [source], "tileSize": TILE_PX}
    layer = {"id": "base", "type": "raster", "source": "base", "paint": PAINT}
    return shelf.lend(shelf.sheet({"version": 8, "sources": {"base": base}, "layers": [layer]}))


def origin() -> str:
    """The machine a browser must be let through to: only that of an address that was named."""
    named = settings.tiles()
    seen = urlsplit(named) if ADDRESS.fullmatch(named) else None
    return f"{seen.scheme}://{seen.netloc}" if seen else ""


async def answer(request: Request) -> Response:
    """A tile out of the folder; no other file of it, and none beside it."""
    named = settings.tiles()
    if not named or ADDRESS.fullmatch(named):
        return PlainTextResponse("no tiles", 404)
    z, x, y = (int(request.path_params[part]) for part in "zxy")
    for kind in PICTURES:
        tile = Path(named) / str(z) / str(x) / f"{y}{kind}"
        if tile.is_file():
            return FileResponse(tile, headers={"cache-control": "private, max-age=86400"})
    return PlainTextResponse("no such tile", 404)


ROUTE = Route(TILES + "/{z:int}/{x:int}/{y:int}", answer)
