"""Once loaded, the ledgers of the demonstration give the colours that its own meetings wrote down."""

from datetime import timedelta

import duckdb
import pytest

from data import demo_street
from data.demo.plants import PLANTS
from data.warehouse import Snapshot, Store
from queries import three_colour
from queries.scope import Scope
from tests.data.demo.conftest import UNTIL

pytestmark = pytest.mark.slow

ON_THE_LAST_DAY = f"subject_status_at(timestamp '{UNTIL} 12:00:00', null)"


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("loaded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREET_TODAY", UNTIL.isoformat())
        patch.setenv("STREET_KEY_FILE", str(folder / "person.key"))
        store = Store(folder / "store")
        demo_street.build(store, years=1, scale=0.15)
        newest = store.newest()
    assert newest is not None
    return newest


@pytest.fixture(scope="module")
def loaded(street: Snapshot) -> duckdb.DuckDBPyConnection:
    return street.cursor()


@pytest.mark.parametrize("scheme", ["enterprise", "shop"])
def test_nearly_all_ratings_are_what_the_engine_works_out(
    loaded: duckdb.DuckDBPyConnection, scheme: str
) -> None:
    [(rated, missing, different)] = loaded.execute(
        """
        select count(*), count(*) filter (where worked.colour is null),
            count(*) filter (where worked.colour <> rated.colour)
        from rating_known(null) as rated
        left join colour_evaluation as worked
            on worked.enterprise_key = rated.enterprise_key and worked.scheme = rated.scheme
            and worked.evaluated_on = rated.rated_on
        where rating_kind = '例行' and rated.scheme = $scheme
        """,
        {"scheme": scheme},
    ).fetchall()
    assert rated > 700
    assert missing == 0
    assert 0 < different < 0.03 * rated


def test_every_fact_of_the_rules_is_told(loaded: duckdb.DuckDBPyConnection) -> None:
    told = loaded.sql("select fact from fact_known").fetchall()
    wanted = loaded.sql("select fact from rule_item").fetchall()
    assert set(wanted) <= set(told)


def test_the_plants_stand_as_their_stories_say(loaded: duckdb.DuckDBPyConnection) -> None:
    rows = loaded.sql(
        "select enterprise_key, scheme, colour, assigned, score, is_dwell_doubled, is_stale, inherent_risk"
        f" from {ON_THE_LAST_DAY}"
    ).fetchall()
    found = {(key, scheme): rest for key, scheme, *rest in rows}
    colours = {
        (each.story, scheme): found[each.subject_no, scheme][0]
        for each in PLANTS
        for scheme in ("enterprise", "shop")
        if (each.subject_no, scheme) in found
    }
    assert colours == {
        ("long_red", "enterprise"): "red",
        ("near_edge", "enterprise"): "green",
        ("near_due", "enterprise"): "green",
        ("rebound", "enterprise"): "yellow",
        ("relapse", "enterprise"): "red",
        ("escalated", "shop"): "red",
        ("conflict", "enterprise"): "green",
        ("conflict", "shop"): "red",
        ("override", "enterprise"): "green",
        ("stale", "enterprise"): "green",
        ("never_visited", "enterprise"): "unrated",
        ("never_visited", "shop"): "unrated",
        ("closed_shop", "shop"): "unrated",
        ("inherent_red_green", "enterprise"): "green",
        ("low_hanging", "enterprise"): "red",
    }
    number_of = {each.story: each.subject_no for each in PLANTS}
    assert found[number_of["near_edge"], "enterprise"][2] == 86
    assert found[number_of["relapse"], "enterprise"][3] is True
    assert found[number_of["override"], "enterprise"][1] == "yellow"
    assert found[number_of["stale"], "enterprise"][4] is True
    assert found[number_of["inherent_red_green"], "enterprise"][5] == "red"


def subject(story: str) -> str:
    """The number of the subject with a story."""
    return next(each.subject_no for each in PLANTS if each.story == story)


def test_two_stand_at_an_edge_by_a_point_and_by_a_limit(street: Snapshot) -> None:
    told = three_colour.near_edge(street, Scope(UNTIL, UNTIL + timedelta(1))).set_index("enterprise_key")
    by_points, by_limit = told.loc[subject("near_edge")], told.loc[subject("near_due")]
    assert (by_points["edge_kind"], by_points["score"], by_points["points_above_floor"]) == ("points", 86, 1)
    assert (by_limit["edge_kind"], by_limit["edge_on"].date()) == ("limit", UNTIL + timedelta(3))


def test_the_relapsed_red_lasts_twice_as_long(loaded: duckdb.DuckDBPyConnection) -> None:
    told = loaded.execute(
        "select standing, is_dwell_doubled"
        f" from standing_at(timestamp '{UNTIL} 12:00:00', null) where enterprise_key = $key",
        {"key": subject("relapse")},
    ).fetchall()
    assert told == [("red", True)]


def test_the_rebound_left_green_within_sixty_days(loaded: duckdb.DuckDBPyConnection) -> None:
    (worse, fell_on), (better, rose_on) = loaded.execute(
        "select colour, rated_on from computed_spell where enterprise_key = $key and colour <> colour_before"
        " order by rated_on desc limit 2",
        {"key": subject("rebound")},
    ).fetchall()
    assert (worse, better) == ("yellow", "green")
    assert 0 < (fell_on - rose_on).days <= 60
