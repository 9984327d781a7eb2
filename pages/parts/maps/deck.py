"""A map as Streamlit sends it: compact, without a base map unless the office has named one."""

import json
import math
from collections.abc import Sequence
from typing import Any

import pydeck as pdk

from pages.parts.maps import tiles
from pages.parts.maps.ground import Bounds
from pages.parts.maps.layers import Layer

# How wide a map is at least: the view is fitted to it, so that a small screen still shows everything.
WIDTH_PX = 800
AIR_PX = 80
LEGEND_PX = 90
WORLD_PX = 512
STYLE = {
    "background": "var(--card)",
    "color": "var(--text)",
    "border": "1px solid var(--line)",
    "borderRadius": "8px",
    "padding": "8px 12px",
    "fontSize": "14px",
    "lineHeight": "1.6",
    "maxWidth": "320px",
    "boxShadow": "0 2px 8px rgba(0,0,0,.12)",
}


Room = tuple[int, int]


class Deck(pdk.Deck):  # type: ignore[misc]
    """pydeck's map, with its layers as plain dicts: written without indents, in no time."""

    def __init__(self, layers: Sequence[Layer], bounds: Bounds, tooltip: str, room: Room) -> None:
        """`tooltip` is a template of this house: never built with data, which comes in as escaped values."""
        view = pdk.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})
        super().__init__(
            layers=[],
            views=[view],
            initial_view_state=pdk.ViewState(**fitted(bounds, room)),
            tooltip={"html": tooltip, "style": STYLE},
            map_provider=None,
            **({"map_style": base} if (base := tiles.style()) else {}),
        )
        self._plain = list(layers)

    def to_json(self) -> str:
        """The whole map as deck.gl reads it."""
        told: dict[str, Any] = json.loads(super().to_json())
        return json.dumps({**told, "layers": self._plain}, ensure_ascii=False, separators=(",", ":"))


def fitted(bounds: Bounds, room: Room) -> dict[str, float]:
    """The view in which the bounds fill the room beside the legend, a little air around them."""
    west, south, east, north = bounds
    top, bottom = _mercator(north), _mercator(south)
    wide = (room[0] - LEGEND_PX) / WORLD_PX * 360 / max(east - west, 1e-6)
    high = (room[1] - AIR_PX) / WORLD_PX / max(top - bottom, 1e-9)
    zoom = round(math.log2(min(wide, high)) - 0.1, 2)
    beside = LEGEND_PX / 2 / (WORLD_PX * 2**zoom) * 360
    return {
        "longitude": round((west + east) / 2 - beside, 6),
        "latitude": round((south + north) / 2, 6),
        "zoom": zoom,
    }


def _mercator(lat: float) -> float:
    """How far up the map a latitude lies, the world being one wide and high."""
    return math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
