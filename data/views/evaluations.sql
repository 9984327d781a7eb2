-- What came of the rules: which items fired at an evaluation, in words, and who is how far from another colour.

-- Which items of its rule fired at every evaluation? One row is one item of one evaluation.
create view evaluation_item as
select
    fired.evaluation_no, evaluation.enterprise_key, evaluation.scheme, evaluation.evaluated_on,
    fired.item, fired.item_kind, item.item_no, item.dimension, fired.fact, fired.fact_count, fired.lost_points,
    fired.forced_colour,
    replace(item.reason, '{n}', cast(fired.fact_count as varchar)) as item_reason,
    item.release
from evaluation_fired as fired
join colour_evaluation as evaluation on evaluation.evaluation_no = fired.evaluation_no
join three_colour_rule as rule
    on rule.scheme = evaluation.scheme and rule.rule_hash = evaluation.rule_hash
join rule_item as item
    on item.scheme = rule.scheme and item.effective_from = rule.effective_from and item.item = fired.item;

-- Why is an evaluation what it is, in words, and what would release it? One row is one evaluation with an item fired,
-- what decides a colour first.
create view evaluation_told as
select
    evaluation_no,
    string_agg(
        item_reason || case when lost_points > 0 then ' −' || lost_points else '' end, '；'
        order by case item_kind when 'veto' then 1 when 'escalation' then 2 when 'cap' then 3 else 4 end, item_no
    ) as reason,
    string_agg(release, '；' order by item_no) filter (where item_kind <> 'deduct') as release
from evaluation_item
group by evaluation_no;

-- Which rule applies to each scheme on a day, and whether its colours are worked out by it at all? One row is one scheme;
-- colour_basis is rule, or rating where the scheme's ledgers do not yet tell every dimension.
create macro rule_at(as_at) as table
select rule.*, case when computed_from <= cast(as_at as date) then 'rule' else 'rating' end as colour_basis
from three_colour_rule as rule
left join scheme_computed on scheme_computed.scheme = rule.scheme
where effective_from <= cast(as_at as date)
qualify row_number() over (partition by rule.scheme order by effective_from desc) = 1;

-- Since when has each subject worn its colour without a break? One row is one subject and scheme.
create macro colour_run_at(as_at, known_at) as table
select enterprise_key, scheme, max(rated_on) as colour_since_on
from colour_spell_known(known_at)
where rated_on < until_on and rated_on <= cast(as_at as date) and colour is distinct from colour_before
group by enterprise_key, scheme;

-- How does every subject stand? One row is one active enterprise or shop under one scheme, with what its last evaluation
-- says, what the ledger of ratings says beside it, and how fresh the knowledge is.
create macro subject_status_at(as_at, known_at) as table
with seen as (
    select enterprise_key, max(seen_on) as last_seen_on
    from subject_seen
    where seen_on <= cast(as_at as date)
    group by enterprise_key
)
select
    worn.enterprise_key, worn.scheme, worn.name, worn.industry, worn.community, worn.grid_code,
    firm.district, firm.park, firm.inherent_risk, firm.responsible_post, firm.uscc, firm.state, firm.lon, firm.lat,
    worn.colour, worn.colour_basis, worn.rated_on, run.colour_since_on,
    date_diff('day', run.colour_since_on, cast(as_at as date)) as colour_days,
    coalesce(evaluation.score, worn.score) as score,
    evaluation.evaluation_no, evaluation.candidate, evaluation.assigned, evaluation.pass_count, evaluation.dwell_days,
    evaluation.standing_since_on, evaluation.is_dwell_doubled, evaluation.probation_from_on, evaluation.is_overridden,
    evaluation.rule_version, evaluation.occasion,
    coalesce(worn.reason, told.reason) as reason,
    told.release,
    rated.colour as rated_colour, rated.rated_on as rated_colour_on, rated.reason as rated_reason,
    seen.last_seen_on,
    worn.colour <> 'unrated' and coalesce(seen.last_seen_on < cast(as_at as date) - rule.stale_after_days, false) as is_stale,
    coalesce(worn.batch_id, rated.batch_id) as batch_id,
    coalesce(worn.source_sheet, rated.source_sheet) as source_sheet,
    coalesce(worn.source_row, rated.source_row) as source_row
from subject_colour_at(as_at, known_at) as worn
join enterprise_known(known_at) as firm on firm.record_key = worn.enterprise_key
left join rule_at(as_at) as rule on rule.scheme = worn.scheme
left join colour_run_at(as_at, known_at) as run
    on run.enterprise_key = worn.enterprise_key and run.scheme = worn.scheme and worn.colour <> 'unrated'
left join colour_evaluation as evaluation on evaluation.evaluation_no = worn.evaluation_no
left join evaluation_told as told on told.evaluation_no = worn.evaluation_no
left join rated_colour_at(as_at, known_at) as rated
    on rated.enterprise_key = worn.enterprise_key and rated.scheme = worn.scheme
left join seen on seen.enterprise_key = worn.enterprise_key;

-- Which fact, one unit more of it, would cost a subject a level by points? One row is one subject whose colour its last
-- look alone bears out, and one deduction of its rule that no veto reads.
create macro edge_at(as_at, known_at) as table
with standing as (
    select status.*, rule.effective_from, rule.green_floor, rule.yellow_floor
    from subject_status_at(as_at, known_at) as status
    join rule_at(as_at) as rule on rule.scheme = status.scheme
    where status.colour in ('green', 'yellow') and status.candidate = status.colour
),
lost as (
    select evaluation_no, dimension, sum(lost_points) as lost_points
    from evaluation_item
    where dimension is not null
    group by evaluation_no, dimension
),
steps as (
    select
        standing.enterprise_key, standing.scheme, item.item, item.fact, item.item_no,
        least(item.per_points * (coalesce(told.fact_count, 0) + 1), item.cap_points)
            - least(item.per_points * coalesce(told.fact_count, 0), item.cap_points) as step_points,
        greatest(dimension.full_points - coalesce(lost.lost_points, 0), 0) as points_left
    from standing
    join rule_item as item
        on item.scheme = standing.scheme and item.effective_from = standing.effective_from and item.item_kind = 'deduct'
    join rule_dimension as dimension
        on dimension.scheme = item.scheme and dimension.effective_from = item.effective_from
        and dimension.dimension = item.dimension
    left join evaluation_fact as told on told.evaluation_no = standing.evaluation_no and told.fact = item.fact
    left join lost on lost.evaluation_no = standing.evaluation_no and lost.dimension = item.dimension
    where item.fact not in (
        select fact from rule_item
        where rule_item.scheme = standing.scheme and rule_item.effective_from = standing.effective_from
            and item_kind <> 'deduct'
    )
)
select
    standing.*, steps.item, steps.fact, steps.item_no,
    least(steps.step_points, steps.points_left) as step_points,
    case when standing.colour = 'green' then standing.score - standing.green_floor else standing.score - standing.yellow_floor end
        as points_above_floor
from standing
join steps on steps.enterprise_key = standing.enterprise_key and steps.scheme = standing.scheme
where least(steps.step_points, steps.points_left)
    > case when standing.colour = 'green' then standing.score - standing.green_floor else standing.score - standing.yellow_floor end;

-- Where does every subject stand between two looks? One row is one active subject and scheme that was ever given a colour
-- by its rule: the colour that is gone on from, since when, and what counts towards a better one.
create macro standing_at(as_at, known_at) as table
select
    status.enterprise_key, status.scheme, status.name, status.colour,
    evaluation.standing, evaluation.standing_since_on, evaluation.pass_count, evaluation.is_dwell_doubled,
    evaluation.probation_from_on
from subject_status_at(as_at, known_at) as status
join colour_evaluation as evaluation on evaluation.evaluation_no = status.evaluation_no
where evaluation.standing <> 'unrated';
