"""Tries a draft of a rule on everybody, on the day looked at, beside the rule in force; adopts nothing."""

from contextlib import closing

import numpy as np
import pandas as pd

from data.colouring import calendar, filling, track
from data.colouring.evaluating import look_on
from data.colouring.knowing import lend, rules_of
from data.colouring.material import Material, material
from data.colouring.scoring import Integers
from data.colouring.spells import Points
from data.colouring.track import NEVER, Standing
from data.rules import COLOURS, UNRATED, Rule, rule
from data.store.reader import Snapshot
from data.trouble import Trouble
from queries import Scope, settled

WORDS = np.array([*COLOURS, "unrated"])


def tried(street: Snapshot, scope: Scope, scheme: str, draft: str, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` (subjects and where they stood before the day) with their colours and points under both rules.

    An empty draft is the rule in force. Raises Trouble where the draft does not hold or is of another scheme.
    """
    asked = settled(street, scope)
    assert asked.as_at is not None
    day = calendar.number(asked.as_at.date())
    with closing(street.cursor()) as cursor:
        if asked.known_at is not None:
            lend(street, cursor, asked.known_at)
        in_force = [each for each in rules_of(cursor)[scheme] if each.effective_from <= asked.as_at.date()][
            -1
        ]
        proposed = rule(draft, "草案") if draft else in_force
        if proposed.scheme != scheme:
            raise Trouble("草案是另一套体系的规则，请换一份。")
        filling.number(cursor, asked.known_at)
        told = material(cursor, scheme)
    places = pd.Index(told.keys).get_indexer(pd.Index(rows["enterprise_key"]))
    # whoever was never visited is looked at only by a rule that needs no visit
    is_there = (told.first_seen[places] <= day) | (not proposed.needs_visit)
    rows, places = rows[is_there].reset_index(drop=True), places[is_there]
    points = Points(places.astype(np.int64), np.full(len(rows), day, np.int64))
    before = _standings(rows)
    answer = rows[["scheme", "enterprise_key", "name", "community", "grid_code", "is_overridden"]].copy()
    colours, scores = _given(in_force, told, points, before)
    answer["colour"], answer["score"] = WORDS[colours], scores
    drafted, drafted_scores = _given(proposed, told, points, before)
    answer["colour_by_draft"], answer["score_by_draft"] = WORDS[drafted], drafted_scores
    answer["is_flipped"] = colours != drafted
    return answer


def _given(own: Rule, told: Material, points: Points, before: Standing) -> tuple[Integers, Integers]:
    """The colours and points one rule gives on the day, going on from where everybody stood."""
    seen, _ = look_on(own, told, points)
    after = track.step(own, before, points.days, seen.candidates, seen.scores)
    return np.where(seen.candidates == UNRATED, UNRATED, after.colour), seen.scores


def _standings(rows: pd.DataFrame) -> Standing:
    codes = {word: code for code, word in enumerate(WORDS.tolist())}
    return Standing(
        rows["standing"].map(codes).fillna(UNRATED).to_numpy(np.int64),
        _days(rows["standing_since_on"]),
        rows["pass_count"].fillna(0).to_numpy(np.int64),
        rows["is_dwell_doubled"].map({True: 1, False: 0}).fillna(0).to_numpy().astype(np.int64),
        _days(rows["probation_from_on"]),
    )


def _days(days: pd.Series) -> Integers:
    told = pd.to_datetime(days).to_numpy("M8[D]")
    return np.where(np.isnat(told), NEVER, told.astype(np.int64))
