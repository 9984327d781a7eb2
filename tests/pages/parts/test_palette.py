"""The three colours, and unrated, measured: far apart for every eye and on a black and white printer."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from pages.parts import theme, vision
from tests.pages.parts.test_theme import CONFIG, contrast

Triple = tuple[float, float, float]

LEAST_DELTA_E, LEAST_DELTA_L, LEAST_CONTRAST = 20, 15, 4.5
AS_IT_IS = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
EYES = {name: matrix for name, matrix in vision.MATRICES.items() if name != "黑白打印"} | {"原色": AS_IT_IS}
MODES: tuple[theme.Mode, ...] = ("light", "dark")
# Of the pairs Sharma, Wu and Dalal published in 2005 to check an implementation.
SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, -0.001, 2.49), (50.0, 0.0011, -2.49), 4.7461),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.441), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "published"), SHARMA)
def test_the_distance_is_the_published_one(one: Triple, other: Triple, published: float) -> None:
    assert delta_e(one, other) == pytest.approx(published, abs=5e-5)
    assert delta_e(other, one) == pytest.approx(published, abs=5e-5)


def test_lightness_runs_from_black_to_white() -> None:
    assert lab(linear("#000000")) == pytest.approx((0, 0, 0), abs=1e-3)
    assert lab(linear("#FFFFFF")) == pytest.approx((100, 0, 0), abs=2e-2)


@pytest.mark.parametrize("shown", MODES)
@pytest.mark.parametrize("eyes", EYES)
def test_any_two_colours_are_far_apart_for_these_eyes(eyes: str, shown: theme.Mode) -> None:
    seen = {name: lab(through(EYES[eyes], linear(theme.fill(name, shown)))) for name in theme.MARKS}
    assert {pair: apart for pair, apart in distances(seen) if apart < LEAST_DELTA_E} == {}


@pytest.mark.parametrize("shown", MODES)
def test_any_two_colours_are_far_apart_in_black_and_white(shown: theme.Mode) -> None:
    grey = vision.MATRICES["黑白打印"]
    light = {name: lab(through(grey, linear(theme.fill(name, shown))))[0] for name in theme.MARKS}
    near = {(a, b) for a, b in combinations(light, 2) if abs(light[a] - light[b]) < LEAST_DELTA_L}
    assert near == set()


def test_the_usual_red_and_green_would_fail() -> None:
    usual = {
        name: lab(through(EYES["绿色盲"], linear(f)))
        for name, f in (("red", "#D32F2F"), ("green", "#388E3C"))
    }
    [(_, apart)] = distances(usual)
    assert apart < LEAST_DELTA_E


@pytest.mark.parametrize("shown", MODES)
def test_only_the_unrated_follow_the_theme(shown: theme.Mode) -> None:
    told = {name: theme.fill(name, shown) for name in theme.MARKS if name != "unrated"}
    assert told == theme.THREE_COLOURS


@pytest.mark.parametrize("shown", MODES)
@pytest.mark.parametrize("name", theme.MARKS)
def test_what_is_written_on_a_colour_can_be_read(name: str, shown: theme.Mode) -> None:
    assert contrast(theme.on_fill(name, shown), theme.fill(name, shown)) >= LEAST_CONTRAST


@pytest.mark.parametrize("shown", MODES)
def test_the_hollow_mark_of_the_unrated_stands_out_from_its_ground(shown: theme.Mode) -> None:
    grounds = [CONFIG["theme"][shown][each] for each in ("backgroundColor", "secondaryBackgroundColor")]
    assert min(contrast(theme.fill("unrated", shown), ground) for ground in grounds) >= LEAST_CONTRAST


def test_the_sheet_inverts_the_unrated_in_the_dark() -> None:
    assert "--unrated-fill:#24303A;" in theme.sheet("light")
    assert "--unrated-on:#F7F9FB;" in theme.sheet("light")
    assert "--unrated-fill:#F7F9FB;" in theme.sheet("dark")
    assert "--unrated-on:#24303A;" in theme.sheet("dark")


def distances(seen: dict[str, Triple]) -> Iterator[tuple[tuple[str, str], float]]:
    """Every two of them and how far apart they are."""
    for one, other in combinations(seen, 2):
        yield (one, other), delta_e(seen[one], seen[other])


def linear(colour: str) -> Triple:
    """The light of a colour such as #A8071A."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def through(matrix: Sequence[Sequence[float]], light: Triple) -> Triple:
    """The light as it is seen; what no screen can show is cut off, as a browser does."""
    red, green, blue = (sum(m * part for m, part in zip(row, light, strict=True)) for row in matrix)
    return min(max(red, 0), 1), min(max(green, 0), 1), min(max(blue, 0), 1)


def lab(light: Triple) -> Triple:
    """CIELAB of light in sRGB's primaries, white at D65."""
    red, green, blue = light
    x = bent((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = bent(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = bent((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def bent(part: float) -> float:
    return math.cbrt(part) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def delta_e(one: Triple, other: Triple) -> float:
    """CIEDE2000."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    stretch = 1.5 - 0.5 * saturated((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2)
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    is_grey = c1 * c2 == 0
    turn = 0.0 if is_grey else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if is_grey else (h1 + turn / 2) % 360
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    by_hue = (
        1 - 0.17 * cos(hue - 30) + 0.24 * cos(2 * hue) + 0.32 * cos(3 * hue + 6) - 0.2 * cos(4 * hue - 63)
    )
    d_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    d_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    d_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * by_hue)
    in_blue = 60 * math.exp(-(((hue - 275) / 25) ** 2))
    rotation = -2 * saturated(chroma) * math.sin(math.radians(in_blue))
    return math.sqrt(d_light**2 + d_chroma**2 + d_hue**2 + rotation * d_chroma * d_hue)


def saturated(chroma: float) -> float:
    return math.sqrt(chroma**7 / (chroma**7 + 25.0**7))


def cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))
