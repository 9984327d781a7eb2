-- What happened to one case, step by step, and which limits did it have?
with asked as (
    select * from hazard_at($as_at, $known_at) where hazard_no = $hazard_no
),
steps as (
    select unnest([
        {step_order: 1, step: 'reported', happened_at: reported_at},
        {step_order: 2, step: 'filed', happened_at: filed_at},
        {step_order: 3, step: 'dispatched', happened_at: dispatched_at},
        {step_order: 4, step: 'handled_first', happened_at: case when handled_first_at < handled_at then handled_first_at end},
        {step_order: 5, step: 'handled', happened_at: handled_at},
        {step_order: 6, step: 'verified', happened_at: verified_at},
        {step_order: 7, step: 'closed', happened_at: closed_at},
        {step_order: 8, step: 'void', happened_at: voided_at},
        {step_order: 9, step: 'due', happened_at: due_at},
        {step_order: 10, step: 'extended_due', happened_at: extended_due_at},
        {step_order: 11, step: 'as_at', happened_at: case when is_open then cast($as_at as timestamp) end}
    ], recursive := true)
    from asked
)
select
    step_order,
    step,
    step in ('due', 'extended_due') as is_limit,
    happened_at,
    date_diff('second', min(happened_at) over (), happened_at) / 86400.0 as since_report_days
from steps
where happened_at is not null
order by happened_at, step_order;
