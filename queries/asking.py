"""The line to type into a terminal that asks a question just as a page has asked it."""

import re
from collections.abc import Mapping
from typing import Any

from queries.catalogue import Ask
from queries.scope import Scope

PLAIN = re.compile(r"[\w.:=-]+")


def line(question: Ask, scope: Scope, values: Mapping[str, Any]) -> str:
    """`python -m queries ask ...` with the whole scope said; double quotes hold in every shell."""
    topic = question.__module__.rpartition(".")[2]
    words = [f"{topic}.{question.__name__}", "--since", f"{scope.since}", "--until", f"{scope.until}"]
    for option, names in (("--community", scope.communities), ("--grid", scope.grids)):
        words += [word for name in names for word in (option, name)]
    for option, moment in (("--as-at", scope.as_at), ("--known-at", scope.known_at)):
        words += [option, moment.isoformat()] if moment else []
    words += ["--lunar"] if scope.is_lunar else []
    words += [word for name, value in values.items() for word in ("--value", f"{name}={value}")]
    return "python -m queries ask " + " ".join(
        word if PLAIN.fullmatch(word) else f'"{word}"' for word in words
    )
