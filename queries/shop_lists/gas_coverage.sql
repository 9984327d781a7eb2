-- Are all layers of gas protection in place, and is everybody trained? Three rates that are never added up.
with shop as (
    select enterprise_key, is_catering(industry) as is_catering_shop, gas_layers(industry) as layers_needed
    from shop_list_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
latest as (
    select enterprise_key, layer, arg_max(is_ok, (checked_on, record_key)) as is_ok
    from gas_guard_known($known_at)
    where checked_on <= cast($as_at as date)
    group by enterprise_key, layer
),
guarded as (
    select enterprise_key, count(*) as layers_told, bool_and(is_ok) as is_all_in_place from latest group by enterprise_key
),
trained as (
    select distinct enterprise_key
    from drill_known($known_at)
    where drill_kind = 'gas_training' and held_on <= cast($as_at as date) and held_on + interval 1 year > cast($as_at as date)
),
told as (
    select
        shop.is_catering_shop,
        guarded.enterprise_key is not null as is_looked_at,
        -- a layer beyond those it must have is wanting too where it is not in place
        coalesce(is_all_in_place and layers_told >= layers_needed, false) as is_guarded,
        trained.enterprise_key is not null as is_trained
    from shop
    left join guarded on guarded.enterprise_key = shop.enterprise_key
    left join trained on trained.enterprise_key = shop.enterprise_key
),
rates as (
    select
        1 as place_no, 'catering' as gas_measure,
        count(*) filter (where is_guarded) as covered_count,
        count(*) filter (where is_looked_at) as gas_base_count,
        count(*) filter (where not is_looked_at) as unregistered_count
    from told where is_catering_shop
    union all
    select
        2, 'other', count(*) filter (where is_guarded), count(*) filter (where is_looked_at),
        count(*) filter (where not is_looked_at)
    from told where not is_catering_shop
    union all
    select 3, 'training', count(*) filter (where is_trained), count(*), 0 from told
)
select gas_measure, covered_count, gas_base_count, unregistered_count, rate(covered_count, gas_base_count) as gas_covered_rate
from rates
order by place_no;
