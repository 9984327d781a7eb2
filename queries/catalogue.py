"""Every question there is: a function and the .sql of its name, side by side in a topic's folder."""

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pandas as pd

from data.trouble import Trouble

Ask = Callable[..., pd.DataFrame]

FOLDER = Path(__file__).parent
# Units and remarks stand in brackets behind the columns.
NOTES = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class Question:
    """One question: its name ("hazards.balance"), its SQL's first sentence, the function that answers."""

    name: str
    text: str
    ask: Ask

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the function's docstring promises, in order."""
        return tuple(re.findall(r"\w+", NOTES.sub("", self._told("Columns"))))

    @property
    def sources(self) -> tuple[str, ...]:
        """The tables the answer comes from, as the docstring names them."""
        return tuple(re.findall(r"\w+", self._told("Source")))

    def _told(self, section: str) -> str:
        found = re.search(
            rf"^{section}:(.*?)(?=^\S|\Z)", inspect.getdoc(self.ask) or "", re.DOTALL | re.MULTILINE
        )
        return found.group(1) if found else ""

    @property
    def own_values(self) -> dict[str, object]:
        """The question's own parameters and their defaults."""
        parameters = list(inspect.signature(self.ask).parameters.values())[2:]
        return {each.name: each.default for each in parameters}

    def values(self, texts: Sequence[str]) -> dict[str, object]:
        """Its own parameters from "name=value" texts. Raises Trouble for a name it does not have."""
        given: dict[str, object] = {}
        for text in texts:
            name, _, value = text.partition("=")
            if name not in self.own_values:
                known = "、".join(self.own_values) or "（没有）"
                raise Trouble(f"{self.name} 没有名为「{name}」的参数，可用的有：{known}。")
            given[name] = _like(self.own_values[name], name, value)
        return given


def questions() -> Iterator[Question]:
    """Every question, by topic and name."""
    for path in sorted(FOLDER.glob("*/*.sql")):
        topic = import_module(f"queries.{path.parent.name}")
        first_line = path.read_text("utf-8").partition("\n")[0]
        yield Question(f"{path.parent.name}.{path.stem}", first_line.lstrip("- "), getattr(topic, path.stem))


def find(name: str) -> Question:
    """The question of that name. Raises Trouble, naming the topic's questions, where there is none."""
    known = {question.name: question for question in questions()}
    if name in known:
        return known[name]
    near = [each for each in known if each.partition(".")[0] == name.partition(".")[0]] or sorted(known)
    raise Trouble(f"没有名为「{name}」的问题，可问的有：{'、'.join(near)}。")


def _like(default: object, name: str, text: str) -> object:
    """The text as a value of the default's type."""
    if not isinstance(default, int):
        return text
    try:
        return int(text)
    except ValueError:
        raise Trouble(f"参数「{name}」应是整数，现在是「{text}」。") from None
