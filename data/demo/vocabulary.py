"""The invented street's words: names of people, firms, shops and places, none of them anyone's."""

import numpy as np

from data.demo.columns import Integers
from data.demo.seed import dice

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦马方俞任袁柳"
GIVEN = "安邦宝成春达德恩芳刚桂国海和恒红华慧佳建健江洁金静军俊凯兰磊丽良林玲龙梅敏明娜宁平强琴青荣瑞珊胜诗书舒涛婷伟文霞祥晓欣兴秀雪雅燕阳怡毅英颖永勇宇玉元云泽振志中卓子"

PROVINCES = (
    "安徽省", "河南省", "江西省", "贵州省", "四川省", "湖北省", "云南省", "湖南省", "江苏省", "山东省",
    "重庆市", "陕西省", "甘肃省", "福建省", "广西壮族自治区", "浙江省", "山西省", "河北省", "黑龙江省", "广东省",
)  # fmt: skip
PROVINCE_WEIGHTS = np.array(
    [24, 16, 12, 11, 9, 6, 5, 4.2, 3.5, 2.6, 2.2, 1.8, 1.5, 1.2, 1.0, 2.4, 0.8, 0.7, 0.5, 0.4]
)

# Region 990101 is nobody's; numbers that begin with 154 were never given to a telephone.
REGION = "990101"
PHONE_PREFIX = "154"
CHECK_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECK_MARKS = np.array(list("10X98765432"))
CODE_MARKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def people(part: str, count: int) -> list[str]:
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
    birth = np.datetime64("1966-01-01") + roll.integers(0, 14_200, count)
    serial = np.arange(count) * 7 % 997
    bodies = [
        f"{REGION}{str(day).replace('-', '')}{number:03d}" for day, number in zip(birth, serial, strict=True)
    ]
    digits = np.array([[int(mark) for mark in body] for body in bodies]).reshape(count, 17)
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


FIRM_FIRST = (
    "禾", "澄", "云", "澜", "锦", "百", "集", "长", "新", "东", "南", "望", "听", "鹤", "麦", "石",
    "晟", "拓", "谱", "维", "启", "恒", "卓", "盈", "朗", "瀚", "芯", "辰",
)  # fmt: skip
FIRM_SECOND = (
    "源",
    "拓",
    "辉",
    "通",
    "达",
    "泰",
    "工",
    "联",
    "创",
    "芯",
    "光",
    "远",
    "合",
    "诺",
    "力",
    "盛",
    "瑞",
    "杰",
)
FIRM_TRADES = {
    "电子信息": "电子科技",
    "机械制造": "机械",
    "纺织服装": "服饰",
    "包装印刷": "包装",
    "塑料制品": "塑业",
    "五金加工": "五金制品",
    "食品加工": "食品",
    "家具制造": "家居",
    "仓储物流": "物流",
    "人力资源": "人力资源",
    "软件服务": "信息技术",
    "化工涂料": "新材料",
}
FIRM_TRADE_WEIGHTS = np.array([13, 16, 14, 9, 8, 12, 6, 6, 8, 2, 4, 3])
SHOP_TRADES = {
    "餐饮": ("面馆", "小炒", "火锅店", "早餐铺", "烧烤店", "小吃店"),
    "零售": ("便利店", "超市", "水果店", "百货店"),
    "理发美容": ("理发店", "美容店"),
    "五金建材": ("五金店", "建材店"),
    "汽修电动车": ("电动车行", "汽修店"),
    "药店诊所": ("药房",),
    "培训文体": ("书店", "文印店"),
    "住宿旅馆": ("旅馆",),
    "洗浴足浴": ("足浴店",),
    "废品回收": ("废品回收站",),
}
SHOP_TRADE_WEIGHTS = np.array([38, 24, 9, 7, 7, 4, 4, 3, 2, 2])


def firm_names(trades: Integers) -> list[str]:
    """Invented names of enterprises of the given trades, each name once."""
    roll = dice("firm names")
    kinds = tuple(FIRM_TRADES.values())
    return _once(
        [
            f"{FIRM_FIRST[a]}{FIRM_SECOND[b]}{kinds[trade]}有限公司"
            for trade, a, b in zip(
                trades,
                roll.integers(0, len(FIRM_FIRST), trades.size),
                roll.integers(0, len(FIRM_SECOND), trades.size),
                strict=True,
            )
        ],
        roll,
    )


def shop_names(trades: Integers) -> list[str]:
    """Invented names of shops of the given trades, each name once."""
    roll = dice("shop names")
    kinds = tuple(SHOP_TRADES.values())
    first = roll.integers(0, len(SURNAMES), trades.size)
    second = roll.integers(0, len(FIRM_SECOND), trades.size)
    kind = [
        kinds[trade][pick % len(kinds[trade])]
        for trade, pick in zip(trades, roll.integers(0, 60, trades.size), strict=True)
    ]
    return _once(
        [
            f"{SURNAMES[a]}{'记' if b % 2 else '家' + FIRM_SECOND[b]}{c}"
            for a, b, c in zip(first, second, kind, strict=True)
        ],
        roll,
    )


def _once(names: list[str], roll: np.random.Generator) -> list[str]:
    taken: set[str] = set()
    for place, name in enumerate(names):
        different, number = name, 2
        while different in taken:
            head = FIRM_FIRST[int(roll.integers(0, len(FIRM_FIRST)))]
            different = f"{head}{name}" if number < 6 else f"{head}{name}{number}店"
            number += 1
        taken.add(different)
        names[place] = different
    return names
