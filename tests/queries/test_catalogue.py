"""Every question keeps its word: the columns it promises, in the glossary, in an order that stays."""

import inspect
import re
from pathlib import Path
from typing import get_type_hints

import pandas as pd
import pytest

from data.glossary import words
from data.trouble import Trouble
from queries import Scope
from queries.catalogue import Question, find, questions
from tests.queries.conftest import Invented
from tests.queries.test_overview import SCOPES

QUESTIONS = list(questions())
SQL = sorted(Path(inspect.getfile(Question)).parent.glob("*/*.sql"))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_columns_promised_are_the_columns_returned(question: Question, invented: Invented) -> None:
    assert question.ask(invented.street, SCOPES[0]).columns.tolist() == list(question.columns)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_an_answer_comes_in_the_same_order_every_time(question: Question, invented: Invented) -> None:
    first, again = (question.ask(invented.street, SCOPES[0]) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_column_is_in_the_glossary(question: Question) -> None:
    assert [name for name in question.columns if name not in words(*question.sources)] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_takes_a_street_and_a_scope_and_gives_a_frame(question: Question) -> None:
    hints = get_type_hints(question.ask)
    assert list(hints)[:2] == ["street", "scope"]
    assert (hints["scope"], hints["return"]) == (Scope, pd.DataFrame)
    assert all(default is not inspect.Parameter.empty for default in question.own_values.values())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_rate_is_its_numerator_by_its_denominator_or_nothing(
    question: Question, invented: Invented
) -> None:
    answer = question.ask(invented.street, SCOPES[0])
    for name in answer.columns:
        word = words().get(name)
        if word is None or word.unit != "%" or not {word.numerator, word.denominator} <= set(answer.columns):
            continue
        expected = answer[word.numerator] / answer[word.denominator].where(answer[word.denominator] > 0)
        pd.testing.assert_series_equal(
            answer[name].astype(float), expected.astype(float), check_names=False, obj=name
        )


@pytest.mark.parametrize("path", SQL, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_every_answer_is_ordered(path: Path) -> None:
    last_select = re.split(r"\n\)\n", path.read_text("utf-8"))[-1]
    assert re.search(r"^order by ", last_select, re.MULTILINE)


def test_an_unknown_question_is_answered_with_those_of_its_topic() -> None:
    with pytest.raises(
        Trouble, match=r"没有名为「people\.names」的问题，可问的有：people\.flow_by_day、people\.origins。"
    ):
        find("people.names")
