-- Which major hazards are open, and are responsibility, measures, money, time limit and plan settled for each?
with open_major as (
    select *,
        coalesce(has_owner, false) as is_owner_settled,
        measure is not null as is_measure_settled,
        fund is not null as is_fund_settled,
        due_eff_at is not null as is_limit_settled,
        emergency_plan is not null as is_plan_settled
    from hazard_at($as_at, $known_at)
    where is_open and level = 'major' and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
)
select
    hazard_no,
    community,
    grid_code,
    place,
    part,
    kind,
    stage,
    unit,
    filed_at,
    due_eff_at,
    is_suspended,
    is_overdue,
    date_diff('second', filed_at, $as_at) / 86400.0 as open_days,
    is_owner_settled,
    is_measure_settled,
    is_fund_settled,
    is_limit_settled,
    is_plan_settled,
    cast(is_owner_settled as bigint) + cast(is_measure_settled as bigint) + cast(is_fund_settled as bigint)
        + cast(is_limit_settled as bigint) + cast(is_plan_settled as bigint) as settled_count,
    batch_id,
    source_sheet,
    source_row
from open_major
order by filed_at, hazard_no;
