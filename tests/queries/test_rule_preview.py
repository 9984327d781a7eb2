"""What a draft of a rule would change, tried before it is adopted: just what its adoption then brings."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import rule_shelf
from data.rule_draft import Changes, drafted
from data.rule_shelf import shipped
from data.trouble import Trouble
from data.warehouse import Snapshot, Store
from queries import Scope, rule_preview, three_colour
from tests.builders import load, snapshot_of
from tests.queries import colour_streets
from tests.queries.test_three_colour_twins import rows

SCHEMES = ("enterprise", "shop")
BUILT_AT = datetime.fromisoformat(colour_streets.BUILT_AT)
TODAY = BUILT_AT.date()
NOW = Scope(TODAY - timedelta(days=6), TODAY + timedelta(days=1))


@dataclass(frozen=True)
class Street:
    """A store of a street's ledgers without a rule of its own, and its snapshot."""

    folder: Path
    snapshot: Snapshot


@pytest.fixture(scope="module", params=[1, 2])
def street(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Street:
    folder = tmp_path_factory.mktemp("preview")
    store = Store(folder)
    load(store, colour_streets.BUILT_AT, **colour_streets.tables(request.param))
    return Street(folder, snapshot_of(store))


def draft(scheme: str, changes: Changes, *edits: tuple[str, str], day: date = TODAY) -> str:
    """The shipped rule with changes, and with words of its text put otherwise."""
    text = drafted(shipped(scheme), changes, "草案", day)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


def by_key(found: Any, *names: str) -> dict[str, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in rows(found, "enterprise_key", *names)}


DRAFTS: dict[str, Callable[[str], str]] = {
    "higher floors": lambda scheme: draft(scheme, Changes(floors={"green": 90, "yellow": 80})),
    "lower floors": lambda scheme: draft(scheme, Changes(floors={"green": 70, "yellow": 40})),
    "no patience": lambda scheme: draft(
        scheme, Changes(dwell_days={"red": 0, "yellow": 0}, margin=0, passes=1)
    ),
    "much patience": lambda scheme: draft(
        scheme, Changes(dwell_days={"red": 60, "yellow": 90}, margin=10, passes=5)
    ),
    "dearer items": lambda scheme: draft(
        scheme,
        Changes(pers={"R1": 30}, caps={"R1": 30}) if scheme == "enterprise" else Changes(pers={"L2": 16}),
    ),
    "no veto": lambda scheme: draft(scheme, Changes(), ('colour = "red"', 'colour = "yellow"')),
    "without a visit": lambda scheme: draft(
        scheme, Changes(), ("when_no_visit_ever = true", "when_no_visit_ever = false")
    ),
    "the same": lambda scheme: draft(scheme, Changes()),
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_rule_in_force_flips_nobody(street: Street, scheme: str) -> None:
    found = rule_preview.flips(street.snapshot, NOW, scheme=scheme)
    assert len(found)
    assert not found["is_flipped"].any()
    assert (found["colour"] == found["colour_by_draft"]).all()
    assert (found["score"] == found["score_by_draft"]).all()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_higher_floor_flips_the_green_below_it(street: Street, scheme: str) -> None:
    text = draft(scheme, Changes(floors={"green": 90}))
    found = rule_preview.flips(street.snapshot, NOW, scheme=scheme, draft=text)
    flipped = found[found["is_flipped"]]
    below = found[(found["colour"] == "green") & (found["score"] < 90)]
    assert set(map(tuple, flipped[["colour", "colour_by_draft"]].values)) == {("green", "yellow")}
    assert set(below["enterprise_key"]) <= set(flipped["enterprise_key"])
    # whoever turns green only by this look would need the margin beyond the new floor too
    assert (flipped["score"] < 90 + 3).all()
    assert len(below)


@pytest.mark.parametrize("name", DRAFTS)
def test_a_preview_equals_what_adoption_brings(street: Street, tmp_path: Path, name: str) -> None:
    texts = {scheme: DRAFTS[name](scheme) for scheme in SCHEMES}
    adopted = adopting(street, tmp_path, *texts.values())
    for scheme, text in texts.items():
        tried = rule_preview.flips(street.snapshot, NOW, scheme=scheme, draft=text)
        there = set(active(street.snapshot, scheme))
        with adopted.cursor() as cursor:
            given = cursor.execute(
                "select enterprise_key, assigned, old_rule_colour, score from colour_evaluation"
                " where evaluated_on = $day and scheme = $scheme",
                {"day": TODAY, "scheme": scheme},
            ).fetchall()
        told = by_key(tried, "colour_by_draft", "colour", "score_by_draft")
        assert told == {row[0]: row[1:] for row in given if row[0] in there}
        assert told


def active(street: Snapshot, scheme: str) -> list[str]:
    """The active subjects of a scheme."""
    return list(three_colour.subjects(street, NOW, scheme=scheme)["enterprise_key"])


def adopting(street: Street, tmp_path: Path, *texts: str) -> Snapshot:
    """The same ledgers at the same moment in a store that has adopted these drafts."""
    folder = tmp_path / "store"
    shutil.copytree(street.folder, folder)
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.toml"
        path.write_text(text, "utf-8")
        rule_shelf.adopt(folder, path, TODAY)
    store = Store(folder)
    store.publish(now=BUILT_AT)
    assert len(store.names()) == 2
    return snapshot_of(store)


def test_a_past_day_is_tried_as_it_stood(street: Street) -> None:
    """On a past day the rule in force gives again what its look of that day gave, where there was one."""
    day = date(2026, 9, 1)
    asked = Scope(day, date(2026, 9, 7), as_at=datetime(2026, 9, 1, 18))
    with street.snapshot.cursor() as cursor:
        for scheme in SCHEMES:
            found = by_key(rule_preview.flips(street.snapshot, asked, scheme=scheme), "colour", "score")
            given = cursor.execute(
                "select enterprise_key, assigned, score from colour_evaluation"
                " where evaluated_on = $day and scheme = $scheme",
                {"day": day, "scheme": scheme},
            ).fetchall()
            looked = {row[0]: row[1:] for row in given if row[0] in found}
            assert found == looked


def test_a_colour_set_by_hand_is_marked_even_where_the_rule_says_the_same(street: Street) -> None:
    found = [rule_preview.flips(street.snapshot, NOW, scheme=scheme) for scheme in SCHEMES]
    marked = {key for each in found for key in each[each["is_overridden"]]["enterprise_key"]}
    with street.snapshot.cursor() as cursor:
        told = cursor.execute(
            "select enterprise_key from rating_override where $day between from_on and until_on",
            {"day": TODAY},
        ).fetchall()
    assert marked == {key for (key,) in told} & {key for each in found for key in each["enterprise_key"]}
    assert marked


def test_a_preview_keeps_to_its_grids(street: Street) -> None:
    everybody = rule_preview.flips(street.snapshot, NOW)
    here = rule_preview.flips(street.snapshot, Scope(NOW.since, NOW.until, grids=("WG-0101",)))
    told = everybody[everybody["grid_code"] == "WG-0101"]
    assert here.values.tolist() == told.values.tolist()
    assert 0 < len(here) < len(everybody)


def test_a_draft_that_does_not_hold_or_is_of_the_other_scheme_is_refused(street: Street) -> None:
    with pytest.raises(Trouble, match="另一套体系"):
        rule_preview.flips(street.snapshot, NOW, scheme="enterprise", draft=draft("shop", Changes()))
    with pytest.raises(Trouble, match="各维度 points 之和是 105"):
        text = draft("enterprise", Changes(points={"ideology": 15}))
        rule_preview.flips(street.snapshot, NOW, scheme="enterprise", draft=text)


def test_the_text_in_force_is_the_shipped_one_word_for_word(street: Street) -> None:
    for scheme in SCHEMES:
        [row] = rule_preview.rule_text(street.snapshot, NOW, scheme=scheme).to_dict("records")
        assert (row["scheme"], row["rule_content"]) == (scheme, shipped(scheme).text)
