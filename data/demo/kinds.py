"""Kinds of hazard: where each is found, in which months, who handles it, how many workdays they have."""

from dataclasses import dataclass

import numpy as np

from data.demo.columns import Floats, Integers, choose

UNITS = (
    "社区居委会",
    "物业服务企业",
    "应急管理站",
    "综合行政执法中队",
    "市场监管所",
    "供电服务站",
    "燃气公司",
    "建设管理办",
    "企业自行整改",
    "消防救援站",
)
# The chance of being late, unit by unit, before grid, kind and season have their say.
UNIT_DELAY = np.array([0.07, 0.125, 0.06, 0.1, 0.085, 0.1, 0.05, 0.17, 0.14, 0.065])


@dataclass(frozen=True)
class Kind:
    """One kind. `places` weighs enterprise, kitchen, shop, dwelling, dormitory, road; `peak`: worst month."""

    name: str
    case_kind: str
    due_workdays: int
    share: float
    peak: int
    swing: float
    places: tuple[float, ...]
    units: tuple[tuple[int, float], ...]
    wording: str
    measure: str

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(part, what is wrong with it), as they are usually written."""
        return [(part, text) for part, _, text in (each.partition(":") for each in self.wording.split())]


SAFETY = "安全隐患"
KINDS = (
    Kind("消防安全", SAFETY, 5, 20, 12, 0.45, (4, 3, 3, 1.6, 3, 0.2), ((9, 2), (2, 3), (8, 3), (1, 2)),
         "灭火器箱:灭火器压力不足 消火栓:被货物遮挡 疏散走道:应急照明灯不亮 "
         "楼梯间:防火门常开未关闭 安全出口:疏散标志损坏",
         "更换补齐消防器材"),
    Kind("通道堵塞", SAFETY, 2, 19, 1, 0.2, (1.2, 1, 1.5, 4, 4, 1), ((1, 5), (0, 3), (3, 1)),
         "楼道:堆放杂物占用通道 楼梯间:堆放废旧家具 消防车通道:停放车辆堵塞 "
         "疏散通道:堆放货物影响疏散 后门:安全出口上锁",
         "清理通道堆积物"),
    Kind("用电安全", SAFETY, 5, 15, 7, 0.5, (3, 2, 2, 1.5, 3.5, 0.3), ((5, 2), (1, 2), (8, 3)),
         "临时线路:私拉乱接电线 配电箱:未上锁且堆放杂物 墙面插座:老化发黑 室内线路:裸露未穿管 "
         "空调插座:大功率电器超负荷使用",
         "规范线路敷设"),
    Kind("燃气安全", SAFETY, 3, 8, 12, 0.5, (0.3, 7, 0.3, 1.2, 0.3, 0), ((6, 4), (4, 2)),
         "后厨:未安装可燃气体报警器 软管接口:燃气软管老化 报警器:未通电 "
         "气瓶间:气瓶与灶具间距不足 燃气管线:未安装自动切断阀",
         "更换不锈钢波纹管并接通报警器"),
    Kind("电动自行车", SAFETY, 2, 12, 8, 0.25, (1, 0.8, 1, 4, 4, 0.8), ((1, 5), (0, 2), (3, 1)),
         "一层门厅:电动自行车进楼停放 楼道:电动自行车充电 外墙:飞线充电 "
         "住户室内:电池拆下入户充电",
         "引导至集中充电点"),
    Kind("违规住人", SAFETY, 7, 4, 3, 0.2, (3, 1, 4, 0.2, 0.5, 0), ((2, 2), (9, 1), (3, 2)),
         "夹层:违规住人 生产车间:车间内住人 店铺阁楼:住宿与经营未作防火分隔", "人员搬离并拆除床铺"),
    Kind("危险化学品", SAFETY, 10, 2.2, 6, 0.3, (6, 0, 0.4, 0, 0, 0), ((2, 4), (8, 3)),
         "危化品仓库:未分类存放 气瓶存放点:气瓶未固定 调漆间:超量存放油漆稀料 "
         "储存间:未设置泄漏收集盘",
         "分类存放并设置标识"),
    Kind("特种设备", SAFETY, 10, 3, 9, 0.15, (5, 0, 0.3, 0.8, 0, 0), ((4, 4), (8, 3)),
         "压力容器:超期未检验 叉车:操作人员未持证 行车:限位装置失效 电梯:困人后未检修",
         "停用并申请检验"),
    Kind("房屋安全", SAFETY, 15, 2.6, 6, 0.45, (1, 0.5, 0.7, 3, 1, 0), ((7, 4), (0, 1)),
         "外墙:瓷砖空鼓脱落 室内:擅自拆改承重墙 屋面:渗漏开裂 阳台:栏杆松动", "围挡警示并加固维修"),
    Kind("高空坠物", SAFETY, 3, 2.6, 8, 0.5, (0.6, 0.5, 1.5, 2.5, 1, 0.6), ((1, 3), (3, 2)),
         "沿街立面:广告牌松动 窗台:花盆未固定 外墙:空调外机支架锈蚀 门头:店招灯箱破损",
         "加固或拆除"),
    Kind("防汛排涝", SAFETY, 3, 2, 6, 0.9, (0.6, 0.2, 0.6, 1, 0.8, 3), ((7, 2), (0, 2), (1, 2)),
         "雨水井:堵塞 地下车库出入口:无挡水板 低洼路段:路面积水", "疏通管网备足沙袋"),
    Kind("有限空间", SAFETY, 7, 1, 7, 0.5, (4, 0.8, 0, 0, 0, 0.5), ((2, 3), (8, 2)),
         "污水池:未设警示标识 隔油池:未配备气体检测仪 地坑:作业未审批", "设置标识并落实作业审批"),
    Kind("环境卫生", "环境卫生与市容", 4, 7, 7, 0.2, (0.5, 1.5, 1.5, 2, 1, 5), ((3, 2), (0, 2), (1, 2)),
         "垃圾投放点:垃圾满溢未清运 绿化带:乱倒建筑垃圾 门前三包区:店外经营占道 后巷:污水外溢",
         "清运并加强保洁"),
    Kind("公共设施", "公共设施", 5, 4.5, 7, 0.1, (0.2, 0.1, 0.3, 1.2, 0.6, 6), ((7, 3), (0, 1)),
         "人行道:井盖松动破损 路口:路灯不亮 河边:护栏缺失 健身点:健身器材损坏", "维修更换"),
)  # fmt: skip
DUE_WORKDAYS = np.array([kind.due_workdays for kind in KINDS], np.int64)


def season(month: int) -> Floats:
    """How common each kind is in a month, against its yearly mean."""
    distance = np.array([min(abs(month - kind.peak), 12 - abs(month - kind.peak)) for kind in KINDS])
    swing = np.array([kind.swing for kind in KINDS])
    return np.asarray(1 + swing * np.cos(distance / 6 * np.pi))


def draw(place_kinds: Integers, month: int, roll: np.random.Generator) -> Integers:
    """A kind of hazard for each place of the given kind, as the month has them."""
    fitness = np.array([kind.places for kind in KINDS])
    weights = np.array([kind.share for kind in KINDS]) * season(month)
    drawn = np.zeros(place_kinds.size, np.int64)
    for place_kind in range(fitness.shape[1]):
        here = np.flatnonzero(place_kinds == place_kind)
        drawn[here] = choose(roll, fitness[:, place_kind] * weights, here.size)
    return drawn


def handler(kinds: Integers, roll: np.random.Generator) -> Integers:
    """The unit each hazard of the given kind is sent to."""
    units = np.zeros(kinds.size, np.int64)
    for index, kind in enumerate(KINDS):
        here = np.flatnonzero(kinds == index)
        options, weights = zip(*kind.units, strict=True)
        units[here] = np.array(options)[choose(roll, weights, here.size)]
    return units
