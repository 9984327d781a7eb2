-- The three lists of every shop: what the register says of it, what it needs, what it can offer.

-- Which of its three lists does every active shop have? One row is one shop. Its basics are all told when the register
-- has its trade, state, address, staff and a contact; needs and resources are there when one was ever told.
create macro shop_list_at(as_at, known_at) as table
with shop as (
    select firm.*
    from enterprise_known(known_at) as firm
    join subject_colour_at(as_at, known_at) as subject
        on subject.enterprise_key = firm.record_key and subject.scheme = 'shop' and firm.subject_kind = 'shop'
),
needs as (
    select enterprise_key, count(*) as need_count
    from shop_need_known(known_at) where raised_on <= cast(as_at as date) group by enterprise_key
),
resources as (
    select enterprise_key, count(*) as resource_count
    from shop_resource_known(known_at) where offered_on <= cast(as_at as date) group by enterprise_key
)
select
    shop.record_key as enterprise_key, shop.name, shop.community, shop.grid_code, shop.industry, shop.lon, shop.lat,
    concat_ws('、',
        case when shop.industry is null then '业态' end,
        case when shop.state is null then '营业状态' end,
        case when shop.address is null then '经营地址' end,
        case when shop.staff_count is null then '从业人数' end,
        case when not coalesce(shop.has_contact, false) then '联系人' end
    ) as basics_missing,
    basics_missing = '' as has_basics,
    coalesce(needs.need_count, 0) as need_count,
    coalesce(needs.need_count, 0) > 0 as has_needs,
    coalesce(resources.resource_count, 0) as resource_count,
    coalesce(resources.resource_count, 0) > 0 as has_resources
from shop
left join needs on needs.enterprise_key = shop.record_key
left join resources on resources.enterprise_key = shop.record_key;
