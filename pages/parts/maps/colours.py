"""The theme's colours as maps need them: red, green, blue and how much of what lies below shows through."""

from pages.parts import theme

Colour = tuple[int, int, int, int]

SOLID = 255


def of(written: str, alpha: int = SOLID) -> Colour:
    """A colour of the theme, #RRGGBB."""
    red, green, blue = (int(written[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue, alpha


def named(option: str, alpha: int = SOLID) -> Colour:
    """A colour of .streamlit/config.toml in the theme now shown."""
    return of(theme.colour(option), alpha)


def written(colour: Colour) -> str:
    """The same for a style sheet."""
    red, green, blue, alpha = colour
    return f"rgba({red},{green},{blue},{alpha / SOLID:.2f})"


def ramp(count: int) -> tuple[Colour, ...]:
    """So many colours from little to much, far apart; the ramp's palest is left out."""
    steps = theme.ramp()[1:]
    last = max(count - 1, 1)
    return tuple(of(steps[round(nth * (len(steps) - 1) / last)]) for nth in range(count))


def diverging() -> tuple[Colour, ...]:
    """Seven colours from less, over no change, to more: never red and green, for neither need be good."""
    palette = theme.palette()
    less, none, more = of(palette[1]), named("borderColor"), of(palette[0])
    shares = (1.0, 0.65, 0.35)
    return (
        *(_mixed(none, less, share) for share in shares),
        none,
        *(_mixed(none, more, share) for share in reversed(shares)),
    )


def _mixed(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first[:3], second[:3], strict=True))
    return red, green, blue, SOLID


def text(alpha: int = SOLID) -> Colour:
    """What is written."""
    return named("textColor", alpha)


def ink(alpha: int = SOLID) -> Colour:
    """What is written quietly, and quiet lines."""
    return of(theme.ink("muted"), alpha)


def accent(alpha: int = SOLID) -> Colour:
    """The one colour that stands out."""
    return named("primaryColor", alpha)


def ground(alpha: int = SOLID) -> Colour:
    """What the map lies on."""
    return named("backgroundColor", alpha)


def card(alpha: int = SOLID) -> Colour:
    """What lies on the ground."""
    return named("secondaryBackgroundColor", alpha)


def water() -> Colour:
    """A river, barely."""
    return named("primaryColor", 36)


def missing() -> Colour:
    """Nothing was reported: grey, and no class of any ramp."""
    return of(theme.UNREPORTED, 110)
