"""事故与处置: the few orders to stop work, when they were lifted, and accidents that cost a life."""

import numpy as np
import pyarrow as pa

from data.colouring.material import FAR, Spells
from data.demo import lapses
from data.demo.columns import NEVER, counts, days, words
from data.demo.drills import year_after
from data.demo.firms import Firms
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, as_date, number
from data.demo.seed import dice

STOPPED, KILLED = "suspension_in_force", "fatal_accidents_12m"
KINDS = ("停产停业", "死亡事故")
STOPPED_A_MONTH, KILLED_A_MONTH, USUAL_DAYS = 0.0012, 0.00012, 30


def facts(firms: Firms, rhythm: Rhythm, planted: Planted) -> dict[str, Spells]:
    """When an enterprise had to stand still, or had had a fatal accident within the year."""
    who = np.flatnonzero(~firms.is_shop & ~planted.is_planted)
    worse = lapses.worse(firms.care[who])
    open_ever = np.full(firms.size, FAR)
    stopped = lapses.drawn(dice(STOPPED), who, STOPPED_A_MONTH * worse, rhythm, USUAL_DAYS, open_ever)
    killed = lapses.drawn(dice(KILLED), who, KILLED_A_MONTH * worse, rhythm, 1, open_ever)
    over = np.array([year_after(each) for each in killed.since.tolist()], np.int64)
    return {
        STOPPED: lapses.together([lapses.single(stopped), planted.lapses(STOPPED)]),
        KILLED: lapses.apart(lapses.ones(killed.subjects, killed.since, over)),
    }


def ledger(firms: Firms, rhythm: Rhythm, facts: dict[str, Spells]) -> pa.Table:
    """事故与处置: a row per order and accident."""
    stopped, killed = facts[STOPPED], facts[KILLED]
    subject = np.concatenate([stopped.subjects, killed.subjects])
    since = np.concatenate([stopped.since, killed.since])
    until = np.concatenate([stopped.until, np.full(killed.subjects.size, FAR)])
    kind = np.concatenate(
        [np.zeros(stopped.subjects.size, np.int64), np.ones(killed.subjects.size, np.int64)]
    )
    order = np.lexsort((subject, since))
    subject, since, until, kind = (each[order] for each in (subject, since, until, kind))
    words_of = ("停字", "故字")
    return pa.table(
        {
            "序号": counts(np.arange(1, subject.size + 1)),
            "企业编号": pa.array([firms.numbers[at] for at in subject], pa.string()),
            "企业名称": pa.array([firms.names[at] for at in subject], pa.string()),
            "事项类型": words(KINDS, kind),
            "发生日期": days(since),
            "解除日期": days(np.where(until > number(rhythm.last), NEVER, until)),
            "文号": pa.array(
                [
                    f"清禾应急{words_of[a]}〔{as_date(int(b)).year}〕{at + 1}号"
                    for at, (a, b) in enumerate(zip(kind, since, strict=True))
                ],
                pa.string(),
            ),
        }
    )
