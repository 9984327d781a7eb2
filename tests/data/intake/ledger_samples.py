"""Two rows of each ledger of the three colours as an office writes them, and what is then held of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

NOVEMBER = date(2026, 11, 1)


@dataclass(frozen=True)
class Sample:
    """The cells of a file by heading, a value a row, and the stored columns asked of it, a row each."""

    cells: Mapping[str, Sequence[str]]
    asked: str
    stored: Sequence[tuple[object, ...]]

    @property
    def headings(self) -> list[str]:
        return list(self.cells)

    @property
    def rows(self) -> list[list[str]]:
        return [list(row) for row in zip(*self.cells.values(), strict=True)]


FIRM = {"企业编号": ["QY-1", ""], "企业名称": ["海天五金厂", "海天五金厂"]}
SHOP = {"商户编号": ["QY-2", "QY-2"], "店铺名称": ["临江饭店", "临江饭店"]}

SAMPLES: Mapping[str, Sample] = {
    "responsibility_letter": Sample(
        {
            **FIRM,
            "责任状类型": ["安全生产责任书", "消防责任书"],
            "签订日期": ["2026年1月5日", "2026.1.6"],
            "有效期至": ["2027-01-04", "—"],
            "是否公示": ["已公示", "否"],
            "备注": ["", "补签，联系13812345678"],
        },
        "enterprise_key, letter_kind, signed_on, valid_until_on, is_posted",
        [
            ("QY-1", "安全生产责任书", date(2026, 1, 5), date(2027, 1, 4), True),
            ("QY-1", "消防责任书", date(2026, 1, 6), None, False),
        ],
    ),
    "self_check": Sample(
        {
            **FIRM,
            "应查日期": ["2026-10-31", "2026-11-30"],
            "自查日期": ["2026/10/30", ""],
            "自查结果": ["合格", ""],
            "发现问题数": ["2处", ""],
        },
        "enterprise_key, due_on, checked_on, result, finding_count",
        [
            ("QY-1", date(2026, 10, 31), date(2026, 10, 30), "passed", 2),
            ("QY-1", date(2026, 11, 30), None, None, None),
        ],
    ),
    "drill": Sample(
        {
            **SHOP,
            "演练日期": ["2026-06-18", "2026-06-19"],
            "演练类型": ["消防演练", "燃气培训"],
            "参加人数": ["12人", "3"],
            "备注": ["", ""],
        },
        "enterprise_key, held_on, drill_kind, attended_count",
        [("QY-2", date(2026, 6, 18), "drill", 12), ("QY-2", date(2026, 6, 19), "gas_training", 3)],
    ),
    "danger_source": Sample(
        {
            **FIRM,
            "危险源编号": ["WX-01", ""],
            "危险源名称": ["喷漆房", "液氨罐"],
            "危险源类型": ["粉尘涉爆", "危化品"],
            "辨识日期": ["2026-03-01", "2026-03-02"],
            "建档日期": ["2026-03-05", "/"],
            "监测故障日期": ["2026-11-02", ""],
            "修复日期": ["", ""],
        },
        "record_key, source_kind, found_on, registered_on, fault_on, fixed_on",
        [
            ("QY-1|WX-01", "粉尘涉爆", date(2026, 3, 1), date(2026, 3, 5), date(2026, 11, 2), None),
            ("QY-1|液氨罐|source_name", "危化品", date(2026, 3, 2), None, None, None),
        ],
    ),
    "certificate": Sample(
        {
            **SHOP,
            "证照名称": ["食品经营许可证", "营业执照"],
            "证照编号": ["JY-330481", "91330481MA00000002"],
            "发证日期": ["2022-05-01", "2010-05-01"],
            "有效期至": ["2027-04-30", "长期"],
            "是否亮证": ["是", "未亮证"],
        },
        "enterprise_key, certificate_kind, issued_on, expires_on, is_displayed",
        [
            ("QY-2", "食品经营许可证", date(2022, 5, 1), date(2027, 4, 30), True),
            ("QY-2", "营业执照", date(2010, 5, 1), None, False),
        ],
    ),
    "gas_guard": Sample(
        {
            **SHOP,
            "核查日期": ["2026-11-10", "2026-11-10"],
            "防护层": ["燃气报警器", "自闭阀"],
            "是否到位": ["到位", "不到位"],
        },
        "enterprise_key, checked_on, layer, is_ok",
        [
            ("QY-2", date(2026, 11, 10), "燃气报警器", True),
            ("QY-2", date(2026, 11, 10), "自闭阀", False),
        ],
    ),
    "shop_need": Sample(
        {
            **SHOP,
            "提出日期": ["2026-11-03", "2026-11-04"],
            "需求类别": ["招工", "招工"],
            "需求内容": ["服务员", "后厨"],
            "需求数量": ["2人", "—"],
            "解决日期": ["", "2026-11-20"],
        },
        "enterprise_key, raised_on, need_kind, detail, quantity, met_on",
        [
            ("QY-2", date(2026, 11, 3), "招工", "服务员", 2, None),
            ("QY-2", date(2026, 11, 4), "招工", "后厨", None, date(2026, 11, 20)),
        ],
    ),
    "shop_resource": Sample(
        {
            **SHOP,
            "提供日期": ["2026-11-03", "2026-11-04"],
            "资源类别": ["场地", "岗位"],
            "资源内容": ["二楼大厅", "兼职收银"],
            "可提供数量": ["1个", "3"],
            "可用至": ["2027-03-31", ""],
        },
        "enterprise_key, offered_on, resource_kind, detail, quantity, until_on",
        [
            ("QY-2", date(2026, 11, 3), "场地", "二楼大厅", 1, date(2027, 3, 31)),
            ("QY-2", date(2026, 11, 4), "岗位", "兼职收银", 3, None),
        ],
    ),
    "rating_override": Sample(
        {
            **SHOP,
            "调整后颜色": ["黄", "红牌"],
            "生效日期": ["2026-11-01", "2026-12-01"],
            "终止日期": ["2026-12-01", "2026-12-01"],
            "调整理由": ["重大活动保障", "群众反映强烈，电话13812345678"],
            "提出人": ["欧阳晓峰", "欧阳晓峰"],
            "批准人": ["司徒婉清", "司徒婉清、尉迟建国"],
        },
        "enterprise_key, scheme, colour, from_on, until_on, is_two_persons",
        [
            ("QY-2", "shop", "yellow", NOVEMBER, date(2026, 12, 1), True),
            ("QY-2", "shop", "red", date(2026, 12, 1), date(2026, 12, 1), True),
        ],
    ),
    "enterprise_policy": Sample(
        {
            **FIRM,
            "制定日期": ["2026-02-01", "2026-08-01"],
            "工作措施": ["每月上门一次", "每周上门一次"],
            "责任岗位": ["安监办主任岗", "安监办主任岗"],
            "复核期限": ["2026-08-01", "2027-02-01"],
            "复核日期": ["2026-07-30", ""],
        },
        "enterprise_key, version_on, actions, owner_post, review_due_on, reviewed_on",
        [
            ("QY-1", date(2026, 2, 1), "每月上门一次", "安监办主任岗", date(2026, 8, 1), date(2026, 7, 30)),
            ("QY-1", date(2026, 8, 1), "每周上门一次", "安监办主任岗", date(2027, 2, 1), None),
        ],
    ),
    "enforcement": Sample(
        {
            **FIRM,
            "事项类型": ["责令停产停业", "行政罚款"],
            "发生日期": ["2026-09-01", "2026-09-02"],
            "解除日期": ["2026-12-31", ""],
            "文号": ["海应急停〔2026〕3号", ""],
        },
        "enterprise_key, event_kind, began_on, ended_on, basis",
        [
            ("QY-1", "suspension", date(2026, 9, 1), date(2026, 12, 31), "海应急停〔2026〕3号"),
            ("QY-1", "other", date(2026, 9, 2), None, None),
        ],
    ),
    "district_score": Sample(
        {
            "商圈": ["临江夜市", "万达金街"],
            "评分月份": ["2026年11月", "2026-11"],
            "环境好": ["18.5", "20分"],
            "秩序好": ["17", "19"],
            "经营好": ["16", "18"],
            "服务好": ["15", "17"],
            "安全好": ["14", "—"],
        },
        "district, scored_on, environment_score, order_score, business_score, service_score, safety_score",
        [
            ("临江夜市", NOVEMBER, 18.5, 17.0, 16.0, 15.0, 14.0),
            ("万达金街", NOVEMBER, 20.0, 19.0, 18.0, 17.0, None),
        ],
    ),
}
