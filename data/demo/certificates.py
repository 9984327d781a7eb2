"""证照台账: the shops' licences, renewed in time, at the last moment or late, shown on the wall or not."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.colouring.material import FAR, Spells
from data.demo import lapses
from data.demo.columns import Flags, Integers, days
from data.demo.firms import Firms
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, as_date, number
from data.demo.seed import dice

FOOD, HEALTH, DRUGS, SPECIAL, SCHOOL = (
    ("食品经营许可证", 5),
    ("公共场所卫生许可证", 4),
    ("药品经营许可证", 5),
    ("特种行业许可证", 3),
    ("办学许可证", 4),
)
# By trade, in the order of trades.SHOP_TRADES.
NEEDED = ((FOOD,), (FOOD,), (HEALTH,), (), (), (DRUGS,), (SCHOOL,), (HEALTH, SPECIAL), (HEALTH,), (SPECIAL,))
LICENCE = "营业执照"
IN_TIME, LAST_MOMENT = 0.5, 0.27
LATE_USUAL_DAYS, UNSHOWN_SHARE = 30, 0.035
WARNED_DAYS = 30


@dataclass(frozen=True)
class Certificates:
    """Every certificate: whose, what, from when until when (FAR: for ever), when replaced, shown or not."""

    subject: Integers
    kind: list[str]
    issued: Integers
    expires: Integers
    replaced: Integers
    is_shown: Flags


def certificates(firms: Firms, rhythm: Rhythm, planted: Planted) -> Certificates:
    """The certificates of every shop, those of the years before included where one was still valid."""
    roll = dice("certificates")
    first, last = number(rhythm.first), number(rhythm.last)
    rows: list[tuple[int, str, int, int, int]] = []
    for shop in np.flatnonzero(firms.is_shop).tolist():
        worse = float(lapses.worse(firms.care[shop]))
        rows.append((shop, LICENCE, first - int(roll.integers(60, 3_000)), FAR, FAR))
        for kind, years in NEEDED[firms.trade[shop]]:
            term = years * 365
            expires = first + 45 + int(roll.integers(0, term - 45))
            issued = expires - term
            renewed = 0
            while renewed < FAR:
                renewed = expires - _ahead(roll, worse, bool(planted.is_planted[shop]))
                renewed = renewed if renewed <= last else FAR
                rows.append((shop, kind, issued, expires, renewed))
                issued, expires = renewed, max(expires, renewed) + term
    who = np.array([row[0] for row in rows], np.int64)
    issues, ends, renewals = np.array([row[2:] for row in rows], np.int64).T
    careless = ~planted.is_planted[who] * UNSHOWN_SHARE * lapses.worse(firms.care[who])
    is_shown = roll.random(who.size) >= careless
    return Certificates(who, [row[1] for row in rows], issues, ends, renewals, is_shown)


def facts(held: Certificates) -> dict[str, Spells]:
    """When a certificate was about to expire, had expired, or hung nowhere."""
    over = np.minimum(held.replaced, np.where(held.expires == FAR, FAR, held.expires + 1))
    ends = held.expires < FAR
    spans = {
        "certificates_expiring_30d": (held.expires - WARNED_DAYS, over, ends),
        "certificates_expired": (held.expires + 1, held.replaced, ends),
        "certificates_not_displayed": (held.issued, over, ~held.is_shown),
    }
    return {
        fact: lapses.ones(held.subject[there], since[there], until[there])
        for fact, (since, until, there) in spans.items()
    }


def ledger(firms: Firms, held: Certificates) -> pa.Table:
    """证照台账: a row per certificate."""
    numbers = [firms.numbers[at] for at in held.subject]
    return pa.table(
        {
            "商户编号": pa.array(numbers, pa.string()),
            "店铺名称": pa.array([firms.names[at] for at in held.subject], pa.string()),
            "证照名称": pa.array(held.kind, pa.string()),
            "证照编号": pa.array(
                [f"ZZ{as_date(int(a)):%Y%m}{b[2:]}" for a, b in zip(held.issued, numbers, strict=True)]
            ),
            "发证日期": days(held.issued),
            "有效期至": pa.array(
                ["长期" if each == FAR else as_date(int(each)).isoformat() for each in held.expires]
            ),
            "是否亮证": pa.array(["是" if each else "否" for each in held.is_shown], pa.string()),
        }
    )


def _ahead(roll: np.random.Generator, worse: float, is_planted: bool) -> int:
    """How many days before its end a certificate is renewed; negative where late."""
    chance, spare = float(roll.random()), int(roll.integers(WARNED_DAYS + 1, 80))
    late = max(1, round(float(roll.lognormal(np.log(LATE_USUAL_DAYS), 0.7))))
    if is_planted or chance > min((1 - IN_TIME) * worse, 0.9):
        return spare
    return int(roll.integers(1, WARNED_DAYS)) if chance < LAST_MOMENT * worse else -late
