"""责任状: the yearly letters of responsibility of the enterprises, and the days some of them have none."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from data.colouring.material import Spells
from data.demo import lapses
from data.demo.columns import Integers, counts, days, words, yes_no
from data.demo.firms import Firms
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, as_date, number
from data.demo.seed import dice

FACT = "no_safety_commitment"
LATE_A_YEAR, USUAL_DAYS_LATE = 0.12, 40
UNPOSTED_SHARE = 0.3
LATEST_SIGNING = 80
NOTES = ("", "已签订未上墙公示")


def facts(firms: Firms, rhythm: Rhythm, planted: Planted) -> dict[str, Spells]:
    """When which enterprise had no letter in force: some sign the year's letter weeks late."""
    roll = dice("letters")
    who = np.flatnonzero(~firms.is_shop)
    chance = np.minimum(LATE_A_YEAR * lapses.worse(firms.care[who]), 0.7) * ~planted.is_planted[who]
    found = [planted.lapses(FACT)]
    for signing in _signings(firms, rhythm)[1:]:
        late = who[roll.random(who.size) < chance]
        lasted = np.maximum(roll.lognormal(np.log(USUAL_DAYS_LATE), 0.6, late.size), 3).astype(np.int64)
        until = signing[late] + np.minimum(lasted, 300)
        found.append(lapses.ones(late, signing[late], until))
    spells = lapses.together(found)
    begun = spells.since <= number(rhythm.last)
    return {FACT: Spells(*(each[begun] for each in lapses.parts(spells)))}


def ledger(firms: Firms, rhythm: Rhythm, gaps: Spells) -> pa.Table:
    """责任状: a row per letter. Of some that were late it tells the first signing, which was never posted."""
    signings, last = _signings(firms, rhythm), number(rhythm.last)
    rows = sorted(
        row
        for who in np.flatnonzero(~firms.is_shop).tolist()
        for row in _letters(who, [int(year[who]) for year in signings], gaps)
        if row[1] <= last
    )
    who, signed, until, posted = np.array(rows, np.int64).reshape(-1, 4).T
    size = who.size
    return pa.table(
        {
            "序号": counts(np.arange(1, size + 1)),
            "企业编号": pa.array([firms.numbers[at] for at in who], pa.string()),
            "企业名称": pa.array([firms.names[at] for at in who], pa.string()),
            "责任状类型": words(("安全生产责任状",), np.zeros(size)),
            "签订日期": days(signed),
            "有效期至": days(until),
            "是否公示": yes_no(posted > 0),
            "备注": words(NOTES, np.where(posted > 0, -1, 1)),
        }
    )


def _letters(who: int, signings: list[int], gaps: Spells) -> Iterator[tuple[int, int, int, int]]:
    """(subject, signed on, valid until, is posted) of every letter of one enterprise."""
    mine = gaps.subjects == who
    spans = list(zip(gaps.since[mine].tolist(), gaps.until[mine].tolist(), strict=True))
    for day in sorted({*signings, *(until for _, until in spans)}):
        if any(since <= day < until for since, until in spans):
            continue
        ends = [*(each for each in signings if each > day), *(since for since, _ in spans if since > day)]
        if ends:
            yield who, day, min(ends) - 1, 1
    for since, _ in spans:
        ends = [each for each in signings if each > since]
        if ends and (who * 7 + since) % 100 < UNPOSTED_SHARE * 100:
            yield who, since, min(ends) - 1, 0


def _signings(firms: Firms, rhythm: Rhythm) -> list[Integers]:
    """The day on which each firm signs its letter, year by year, from the year before the first."""
    after = dice("letter days").integers(4, LATEST_SIGNING, firms.size)
    years = range(as_date(number(rhythm.first)).year - 1, rhythm.last.year + 2)
    return [number(rhythm.first.replace(year=year, month=1, day=1)) + after for year in years]
