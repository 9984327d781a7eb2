-- Which open need could which other shop help with, the nearest first?
with shop as (
    select enterprise_key, name, community, grid_code, lon, lat from shop_list_at($as_at, $known_at)
),
needs as (
    select need.*, shop.name, shop.community, shop.grid_code, shop.lon, shop.lat
    from shop_need_known($known_at) as need
    join shop on shop.enterprise_key = need.enterprise_key
    where raised_on <= cast($as_at as date) and coalesce(met_on > cast($as_at as date), true)
        and in_scope(shop.grid_code, shop.community, $grids, $communities)
),
offers as (
    select offer.*, shop.name, shop.community, shop.grid_code, shop.lon, shop.lat
    from shop_resource_known($known_at) as offer
    join shop on shop.enterprise_key = offer.enterprise_key
    where offered_on <= cast($as_at as date) and coalesce(until_on >= cast($as_at as date), true)
),
paired as (
    select
        needs.record_key, needs.enterprise_key, needs.name, needs.community, needs.grid_code, needs.need_kind,
        needs.detail as need_detail, needs.raised_on, needs.quantity as need_quantity,
        offers.record_key as offer_record_key, offers.enterprise_key as offer_key, offers.name as offer_name,
        offers.detail as offer_detail, offers.quantity as offer_quantity, offers.until_on as offer_until_on,
        -- metres on the sphere
        2 * 6371000 * asin(sqrt(
            power(sin(radians(offers.lat - needs.lat) / 2), 2)
            + cos(radians(needs.lat)) * cos(radians(offers.lat)) * power(sin(radians(offers.lon - needs.lon) / 2), 2)
        )) as offer_distance_m,
        case when offers.grid_code = needs.grid_code then 1 when offers.community = needs.community then 2 else 3 end as nearness
    from needs
    left join offers on offers.resource_kind = needs.need_kind and offers.enterprise_key <> needs.enterprise_key
),
ranked as (
    select *,
        case when offer_key is not null then
            row_number() over (
                partition by record_key order by offer_distance_m nulls last, nearness, offer_name, offer_key, offer_record_key
            )
        end as offer_no
    from paired
)
select
    enterprise_key,
    name,
    community,
    grid_code,
    need_kind,
    need_detail,
    need_quantity,
    raised_on,
    offer_no,
    offer_key,
    offer_name,
    offer_detail,
    offer_quantity,
    offer_distance_m,
    offer_until_on
from ranked
where offer_no is null or offer_no <= $offers
order by raised_on, name, enterprise_key, need_kind, need_detail, record_key, offer_no;
