"""What we ask about shops beside their colour: three lists, who can help whom, gas, the five goods.

Source: 商户台账, 需求清单, 资源清单, 燃气防护, 演练培训, 五好评分.
"""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def completeness(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """三张清单齐全率: shops with their basics, a need and a resource told. One row.

    Basics: 业态, 营业状态, 经营地址, 从业人数 and a contact, all told by the register.

    Columns: subject_count, basics_count, needs_count, resources_count, all_lists_count (家); basics_rate,
        needs_rate, resources_rate, all_lists_rate (0-1)
    Source: enterprise, shop_need, shop_resource
    """
    return run(street, "shop_lists/completeness", scope)


def by_shop(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The shops that lack one of the three lists, those that lack most first. One row is one shop.

    Columns: enterprise_key, name, community, grid_code, has_basics, basics_missing, has_needs, need_count,
        has_resources, resource_count (条)
    Source: enterprise, shop_need, shop_resource
    """
    return run(street, "shop_lists/by_shop", scope)


def matches(street: Snapshot, scope: Scope, offers: int = 3) -> pd.DataFrame:
    """供需匹配: the open needs, each with the nearest `offers` of the same kind by other shops of the street.

    One row is one need and one offer; a need that nobody can help with has one row without an offer. Without
    coordinates the same grid comes before the same community.

    Columns: enterprise_key, name, community, grid_code, need_kind, need_detail, need_quantity, raised_on,
        offer_no, offer_key, offer_name, offer_detail, offer_quantity, offer_distance_m (米), offer_until_on
    Source: shop_need, shop_resource, enterprise
    """
    return run(street, "shop_lists/matches", scope, offers=offers)


def gas_coverage(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """燃气三个全覆盖: three rates that are never added up. One row is one of them.

    catering: five layers told and all of them in place at the latest look, other: three, of the shops whose
    gas was ever looked at (`gas_base_count`); those never looked at are `unregistered_count` and count as
    neither. training: trained within twelve months, of all active shops.

    Columns: gas_measure, covered_count, gas_base_count, unregistered_count (家), gas_covered_rate (0-1)
    Source: gas_guard, drill, enterprise
    """
    return run(street, "shop_lists/gas_coverage", scope)


def district_scores(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """五好分项 of each district by its latest month; there is no total. One row is one district.

    Columns: district, scored_on, environment_score, order_score, business_score, service_score,
        safety_score (分)
    Source: district_score
    """
    return run(street, "shop_lists/district_scores", scope)
