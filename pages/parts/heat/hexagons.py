"""Points in hexagons: how many lie where, a smooth surface of them, and where it is hot beyond chance."""

import pandas as pd

from data.glossary import Word
from pages.parts import exhibit, labels, maps, notices, page, theme, words
from pages.parts.ask import ask
from pages.parts.heat import choices
from pages.parts.maps import colours, land, legend, looks, scale, shelf
from pages.parts.maps.ground import Ground
from queries import Scope, hexagons

KEYS = {"hex": "hexagons", "spots": "hot_spots", "glow": "glow"}
CELLS = ("cell", "value", "z_score", "p_value", "q_value", "spot", "neighbour_count", "lon", "lat")
POINTS = ("lon", "lat", "weight")
SPOTS = {"none": "不显著", "cold": "冷点：显著偏少", "hot": "热点：显著偏多"}
GI_STAR = (
    "热点和冷点：与周围合看，多（少）得不像偶然（Getis-Ord Gi*，假发现率 5%）；没有颜色的地方分不出高低。"
)
GLOW = "约 10 米内的点并成一点，只看疏密，不读数。"
LOCATED = "只数带坐标的记录，所以与按网格的数不同。"
REPORTED = "隐患按发现时间计，没有立案的也算。"
EMPTY = "这段时间没有带坐标的记录。"


def counted(points: str, size: int, scope: Scope) -> None:
    """How many points lie in each hexagon."""

    def draw(ground: Ground, rows: pd.DataFrame) -> None:
        some = rows[rows["value"] > 0]
        classes = scale.sequential(_word(points), some["value"])
        cells = [classes.class_of(value) for value in some["value"]]
        _, entries, base = legend.of_scale(classes, set(cells))
        told = f"{choices.POINTS[points]}（{_word(points).unit}）", entries, base
        _draw(ground, "hex", some, cells, _counts(some, points), classes.colours, told, points)

    note = LOCATED + REPORTED * (points == "hazard")
    _exhibit("hex", f"{choices.POINTS[points]}分布", points, size, scope, draw, note)


def spots(points: str, size: int, scope: Scope) -> None:
    """Where points are hot or cold beyond chance."""

    def draw(ground: Ground, rows: pd.DataFrame) -> None:
        if rows["z_score"].isna().all():
            notices.quiet("点太少，分不出冷热。请放宽时段或改用大格。")
            return
        hot, cold = colours.of(theme.palette()[1], 225), colours.accent(225)
        fills = (colours.ink(26), cold, hot)
        counts = rows["spot"].value_counts()
        entries = [
            (legend.filled(fill), f"{said} {counts.get(spot, 0)} 格")
            for (spot, said), fill in zip(SPOTS.items(), fills, strict=True)
        ]
        told = f"{choices.POINTS[points]}冷热点", entries[::-1], f"与{page.place(land.everywhere(scope))}相比"
        lines = [
            f"{count}\n{SPOTS[spot]}\nGi* = {score:.1f}，q = {chance:.3f}"
            for count, spot, score, chance in zip(
                _counts(rows, points), rows["spot"], rows["z_score"], rows["q_value"], strict=True
            )
        ]
        cells = [list(SPOTS).index(spot) for spot in rows["spot"]]
        _draw(ground, "spots", rows, cells, lines, fills, told, points)

    _exhibit("spots", f"{choices.POINTS[points]}冷热点", points, size, scope, draw, GI_STAR)


def glow(points: str, scope: Scope) -> None:
    """Points melted into one surface."""

    def draw(ground: Ground, rows: pd.DataFrame) -> None:
        told = [
            {"x": lon, "y": lat, "w": weight} for lon, lat, weight in rows[list(POINTS)].to_numpy().tolist()
        ]
        title = f"{choices.POINTS[points]}疏密"
        total = words.number(float(rows["weight"].sum()))
        maps.glow(ground, shelf.sheet(told), KEYS["glow"], f"{title}：共 {total} 个点", title, "")

    covered = land.everywhere(scope)
    exhibit.show(
        f"{choices.POINTS[points]}疏密",
        ask(hexagons.points, covered, points=points),
        POINTS,
        KEYS["glow"],
        land.under(draw),
        hexagons.points,
        {"points": points},
        empty=EMPTY,
        note=GLOW,
        scope=covered,
    )


def _exhibit(
    view: str, title: str, points: str, size: int, scope: Scope, draw: land.Drawn, note: str = ""
) -> None:
    covered = land.everywhere(scope)
    values = {"points": points, "resolution": size}
    rows = ask(hexagons.cells, covered, **values)
    shown = rows if rows["value"].gt(0).any() else rows.head(0)
    exhibit.show(
        title,
        shown,
        CELLS,
        KEYS[view],
        land.under(draw),
        hexagons.cells,
        values,
        empty=EMPTY,
        note=note,
        scope=covered,
    )


def _draw(
    ground: Ground,
    view: str,
    rows: pd.DataFrame,
    cells: list[int],
    lines: list[str],
    fills: tuple[colours.Colour, ...],
    told: tuple[str, list[legend.Entry], str],
    points: str,
) -> None:
    sheet = shelf.sheet(
        [
            {"h": cell, "c": place, "t": f"六边形 {cell}", "s": line}
            for cell, place, line in zip(rows["cell"], cells, lines, strict=True)
        ]
    )
    total = words.number(float(rows["value"].sum()))
    alt = f"{told[0]}：{len(rows)} 个六边形，共 {total} {_word(points).unit}"
    maps.cells(ground, maps.Cells(sheet, fills), KEYS[view], alt, told)


def _counts(rows: pd.DataFrame, points: str) -> list[str]:
    return [f"{choices.POINTS[points]} {looks.amount(value, _word(points))}" for value in rows["value"]]


def _word(points: str) -> Word:
    """The glossary's word for how many there are of such points."""
    return labels.term(choices.MEASURES_OF_POINTS[points])
