"""三色管理: who is green, yellow and red, why, since when, and what turns it green."""

from functools import partial

from pages.parts import cards, filters, page, rights, vision
from pages.parts.ask import ask
from pages.parts.figure import from_answer
from pages.parts.firms import (
    card,
    changes,
    choice,
    drag,
    panorama,
    preview,
    priorities,
    rule_line,
    shop_lists,
)
from queries import Scope, three_colour

rights.need(rights.READ)
scope = filters.current()
page.heading("三色管理", "谁红了，为什么，怎么转绿？", scope)


def everyone(scope: Scope) -> None:
    scheme = choice.scheme()
    rule_line.show(scope, scheme)
    cards.figures(
        from_answer(ask(three_colour.figures, scope, scheme=scheme), compared_with=page.compared_with(scope)),
        three_colour.figures,
        {"scheme": scheme},
    )
    parts = {
        "重点": priorities.show,
        "全景图": panorama.show,
        "短板": drag.show,
        "变化": changes.show,
        "规则预演": preview.show,
    }
    if scheme == "shop":
        parts["三张清单"] = shop_lists.show
    page.parts("firms", {name: partial(show, scheme=scheme) for name, show in parts.items()}, scope)


if choice.subject():
    card.show(choice.subject(), scope)
else:
    everyone(scope)
vision.switch()
