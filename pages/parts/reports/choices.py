"""What the rest of the page is about: one kind of problem, one channel; both kept in the link."""

from pages.parts import labels, page
from pages.parts.ask import ask
from queries import Scope, reports

KIND, CHANNEL = "problem", "channel"
EVERY = "all"
CHANNELS = (EVERY, "snap", "rider", "hotline")
LISTED = 200


def kind(scope: Scope) -> str:
    """The kind of problem chosen; empty for all."""
    known = ask(reports.kinds, scope, rows=LISTED)["report_kind"].dropna().tolist()
    return page.one_kind(KIND, "类型", known)


def channel() -> str:
    """The channel chosen; empty for all."""
    chosen = page.one_of(
        CHANNEL, CHANNELS, lambda name: "全部渠道" if name == EVERY else labels.said("report_channel", name)
    )
    return "" if chosen == EVERY else chosen
