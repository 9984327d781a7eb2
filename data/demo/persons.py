"""Names, identity numbers and telephone numbers of people who do not exist, and the codes of their firms."""

import numpy as np

from data.demo.seed import dice

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
    "云苏潘葛奚范彭郎鲁韦马方俞任袁柳"
)
GIVEN = (
    "安邦宝成春达德恩芳刚桂国海和恒红华慧佳建健江洁金静军俊凯兰磊丽良林玲龙梅敏明娜宁平强琴青荣"
    "瑞珊胜诗书舒涛婷伟文霞祥晓欣兴秀雪雅燕阳怡毅英颖永勇宇玉元云泽振志中卓子"
)

PROVINCES = (
    "安徽省", "河南省", "江西省", "贵州省", "四川省", "湖北省", "云南省", "湖南省", "江苏省",
    "山东省", "重庆市", "陕西省", "甘肃省", "福建省", "广西壮族自治区", "浙江省", "山西省",
    "河北省", "黑龙江省", "广东省",
)  # fmt: skip
PROVINCE_WEIGHTS = np.array(
    [24, 16, 12, 11, 9, 6, 5, 4.2, 3.5, 2.6, 2.2, 1.8, 1.5, 1.2, 1.0, 2.4, 0.8, 0.7, 0.5, 0.4]
)

# Region 990101 is nobody's; numbers that begin with 154 were never given to a telephone.
REGION = "990101"
PHONE_PREFIX = "154"
BIRTHDAYS = 14_200
CHECK_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECK_MARKS = np.array(list("10X98765432"))
CODE_MARKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def names(part: str, count: int) -> list[str]:
    """Invented names of `count` people; namesakes occur, as they do."""
    roll = dice("people", part)
    first = roll.integers(0, len(SURNAMES), count)
    second = roll.integers(0, len(GIVEN), count)
    third = np.where(roll.random(count) < 0.78, roll.integers(0, len(GIVEN), count), -1)
    return [
        SURNAMES[a] + GIVEN[b] + (GIVEN[c] if c >= 0 else "")
        for a, b, c in zip(first, second, third, strict=True)
    ]


def id_numbers(part: str, count: int) -> list[str]:
    """Distinct identity numbers with a right check digit and a region that does not exist."""
    roll = dice("id", part)
    # Every birthday is used once before one is used again, and then with another serial number.
    order = np.arange(count)
    birth = np.datetime64("1966-01-01") + order * 7_919 % BIRTHDAYS
    serial = order // BIRTHDAYS * 100 + roll.integers(0, 100, count)
    bodies = [
        f"{REGION}{str(day).replace('-', '')}{number:03d}" for day, number in zip(birth, serial, strict=True)
    ]
    digits = np.array([[int(mark) for mark in body] for body in bodies], dtype=int).reshape(count, 17)
    marks = CHECK_MARKS[(digits * CHECK_WEIGHTS).sum(axis=1) % 11]
    return [body + mark for body, mark in zip(bodies, marks, strict=True)]


def phones(part: str, count: int) -> list[str]:
    """Telephone numbers of a range that was never given out."""
    return [f"{PHONE_PREFIX}{number:08d}" for number in dice("phone", part).integers(0, 10**8, count)]


def credit_codes(part: str, count: int) -> list[str]:
    """统一社会信用代码 with right check marks and the region that does not exist."""
    numbers = dice("uscc", part).permutation(np.arange(10_000_000, 10_000_000 + count * 7, 7))
    return [_credit_code(int(number)) for number in numbers]


def _credit_code(number: int) -> str:
    organisation = f"{number:08d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(mark) * weight for mark, weight in zip(organisation, weights, strict=True)) % 11
    body = "91" + REGION + organisation + {10: "X", 11: "0"}.get(rest, str(rest))
    total = sum(CODE_MARKS.index(mark) * pow(3, place, 31) for place, mark in enumerate(body))
    return body + CODE_MARKS[(31 - total % 31) % 31]
