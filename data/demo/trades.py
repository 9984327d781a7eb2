"""What enterprises and shops of the invented street do, and the names they go by."""

import numpy as np

from data.demo import persons
from data.demo.columns import Integers
from data.demo.seed import dice

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
    first = roll.integers(0, len(persons.SURNAMES), trades.size)
    second = roll.integers(0, len(FIRM_SECOND), trades.size)
    kind = [
        kinds[trade][pick % len(kinds[trade])]
        for trade, pick in zip(trades, roll.integers(0, 60, trades.size), strict=True)
    ]
    return _once(
        [
            f"{persons.SURNAMES[a]}{'记' if b % 2 else '家' + FIRM_SECOND[b]}{c}"
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
