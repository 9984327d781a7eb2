"""Which ledger a header is, and which file reason it gets where it is none."""

import pytest

from tests.data.intake.office import Office


@pytest.mark.parametrize(
    ("header", "ledger"),
    [
        ("巡查日期,网格", "patrol_log"),
        ("编号,发现日期,网格", "hazard"),
        ("编号,上报时间,所属网格,问题描述", "hazard"),
        ("企业编号,企业名称,网格", "enterprise"),
        ("统一社会信用代码,企业名称,所属网格", "enterprise"),
        ("企业名称,评定日期,颜色", "rating"),
        ("企业编号,企业名称,网格,行业,职工人数,联系人,联系电话,经营状态,评定日期,评定颜色", "rating"),
        ("日期,社区,流向,人数", "population_flow"),
        ("日期,社区,流向", "population_flow"),
        ("日期,社区,流向,姓名,身份证号,联系电话,籍贯,用工单位,计划返岗日期", "population_flow"),
        ("社区,网格编码,网格名称", "grid"),
        ("社区,网格编码,网格名称,巡查日期", "patrol_log"),
        (
            "工单编号,受理时间,申请人,联系电话,楼栋房号,所属网格,服务类型,诉求内容,承办单位,承办人,办理期限,办结时间",
            "service_order",
        ),
        (
            "企业名称,统一社会信用代码,所属网格,联系人,联系电话,申请时间,拟复工时间,职工总数,审核结果",
            "resumption",
        ),
        (
            "上报编号,上报时间,上报人,手机号,问题类型,问题描述,地址,经度,纬度,所属网格,责任单位,处理时间,状态",
            "public_report",
        ),
        (
            "编号,上报时间,骑手编号,骑手姓名,所属平台,问题类型,问题描述,位置,所属网格,是否有效,积分",
            "public_report",
        ),
        ("建议编号,提交时间,来源渠道,建议人,所在单位,建议类别,建议标题,建议内容,承办单位", "suggestion"),
        ("流水号,发生时间,姓名,人员类型,积分事项,关联单号,积分变动,余额", "points"),
        (
            "序号,姓名,身份证号,联系电话,用工单位,宿舍号,户籍地,返乡/留守,计划返乡时间,实际返乡时间,预计返岗时间",
            "worker",
        ),
        (
            "序号,街道,社区,社区编码,网格编码,网格名称,网格类型(基础/专属),户数,常住人口,网格长,专职网格员",
            "grid",
        ),
        (
            "隐患编号,排查日期,所属社区,所属网格,隐患单位,统一社会信用代码,隐患部位,隐患类别,隐患等级,隐患描述,整改期限,整改完成时间",
            "hazard",
        ),
        (
            "巡查编号,社区名称,网格名称,网格编码,巡查类型,检查时间,检查人,检查定位,检查内容描述,是否上报",
            "patrol_log",
        ),
        (
            "店铺名称,经营者,业态,营业状态,持证情况,公共安全,垃圾分类,综合环境,总得分,评定结果,扣分原因,评定月份,评定人",
            "rating",
        ),
        ("楼栋房号,所属网格,空置日期,断水,断电", "vacated_room"),
    ],
)
def test_a_header_is_recognised_as_its_ledger(office: Office, header: str, ledger: str) -> None:
    report = office.check(office.file("表.csv", header + "\n"))
    assert (report.file_reason, report.ledger, report.accepted) == (None, ledger, {ledger: 0}), report.message


@pytest.mark.parametrize(
    ("header", "lacks"),
    [
        ("巡查编号,网格编号,巡查人,巡查方式,走访人次", "巡查时间"),
        ("巡查编号,巡查日期,巡查人,巡查方式", "网格编码"),
        ("巡查日期,巡查人", "网格编码"),
        ("发现日期,网格,社区,企业名称,隐患等级,隐患描述,整改状态", "隐患编号"),
        ("上报时间,所属网格,单位名称,隐患级别,问题描述,状态", "隐患编号"),
        ("隐患编号,网格,隐患描述", "发现时间"),
        ("编号,网格,问题描述,受理时间,事项类别,办理期限,承办单位,结案时间,挂账", "发现时间"),
        ("隐患编号,发现日期,隐患描述", "网格编码"),
        ("企业名称,网格,行业类别,职工人数", "企业编号 或 统一社会信用代码"),
        ("企业编号,网格,行业类别", "企业名称"),
        ("企业编号,企业名称,行业类别,联系人,联系电话,经营状态", "网格编码"),
        ("企业编号,企业名称,评定日期,评定人", "评定颜色"),
        ("企业名称,评定日期", "评定颜色"),
        ("企业名称,评定颜色,评定人", "评定日期"),
        ("评定日期,评定颜色,评定人", "企业编号 或 企业名称 或 统一社会信用代码"),
        ("社区,流向,人数,籍贯", "流动日期"),
        ("日期,流向,人数,籍贯", "社区"),
        ("日期,社区,人数,籍贯", "流向"),
        ("日期,社区,姓名,身份证号,手机号,用工单位", "流向"),
        ("网格编码,网格名称,户数", "社区"),
    ],
)
def test_a_header_that_lacks_a_required_column_says_which(office: Office, header: str, lacks: str) -> None:
    report = office.check(office.file("表.csv", f"{header}\n{','.join(['x'] * header.count(','))},x\n"))
    assert (report.file_reason, report.accepted) == ("missing_required_column", {})
    assert f"「{lacks}」" in report.message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("品名,单价,数量\n酱油,12,3\n", "unknown_table"),
        ("姓名,性别,年龄\n张三,男,30\n", "unknown_table"),
        ("日期,天气,气温\n2026-11-20,晴,12\n", "unknown_table"),
        ("XC-1,2026-11-20,WG-0101,张三,3\nXC-2,2026-11-21,WG-0102,李四,1\n", "no_header"),
        ("填报单位：安监办,填报日期：2026-11-20\n1,2\n", "no_header"),
        ("关于开展冬季消防检查的通知\n各社区：\n请于本周内完成。\n", "no_header"),
        ("1,2,3\n4,5,6\n", "no_header"),
    ],
)
def test_what_is_no_ledger_is_told_apart(office: Office, text: str, reason: str) -> None:
    assert office.check(office.file("表.csv", text)).file_reason == reason


def test_a_named_ledger_is_the_only_one_tried(office: Office) -> None:
    path = office.file("表.csv", "编号,上报时间,网格,问题描述\nA-1,2026-11-01,WG-0101,漏电\n")
    assert office.check(path).accepted == {"hazard": 1}
    assert office.check(path, "public_report").accepted == {"public_report": 1}
    assert office.check(path, "rating").file_reason == "missing_required_column"
