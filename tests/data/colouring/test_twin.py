"""The engine in columns and its slow twin agree on every look, whatever the facts and the rules."""

from hypothesis import given, settings

from tests.data.colouring.chances import UNTIL, Case, cases, evaluated, looks
from tests.data.colouring.twin import history


@settings(max_examples=300, deadline=None)
@given(cases())
def test_the_engine_and_its_twin_agree_on_every_look(case: Case) -> None:
    ours = looks(evaluated(case))
    for subject in case.subjects:
        assert ours[subject.key] == history(case.rules, case.known, subject, UNTIL)
