-- What came of the rules: which items fired at an evaluation, in words, and who is how far from another colour.

-- Which items of its rule fired at every evaluation? One row is one item of one evaluation.
create view evaluation_item as
select
    fired.evaluation_no, evaluation.enterprise_key, evaluation.scheme, evaluation.evaluated_on,
    fired.item, fired.item_kind, item.item_no, item.dimension, fired.fact, fired.fact_count, fired.lost_points,
    fired.forced_colour,
    replace(item.reason, '{n}', cast(fired.fact_count as varchar)) as item_reason,
    nullif(item.release, '') as release
from evaluation_fired as fired
join colour_evaluation as evaluation on evaluation.evaluation_no = fired.evaluation_no
join three_colour_rule as rule
    on rule.scheme = evaluation.scheme and rule.rule_hash = evaluation.rule_hash
join rule_item as item
    on item.scheme = rule.scheme and item.effective_from = rule.effective_from and item.item = fired.item;

-- How bad is a colour? Null for unrated, which is neither better nor worse.
create macro badness(colour) as (case colour when 'green' then 1 when 'yellow' then 2 when 'red' then 3 end);

-- Why are evaluations what they are, in words, and what would release them? One row is one evaluation with an item fired,
-- what decides a colour first. `evaluations` names a step with their numbers.
create macro evaluation_told(evaluations) as table
with items as (
    select *,
        -- two items that are released by the same say so once
        item_kind <> 'deduct' and row_number() over (
            partition by evaluation_no, item_kind <> 'deduct', release order by item_no
        ) = 1 as is_release_told
    from evaluation_item
    where evaluation_no in (select evaluation_no from query_table(evaluations))
)
select
    evaluation_no,
    string_agg(
        item_reason || case when lost_points > 0 then ' −' || lost_points else '' end, '；'
        order by case item_kind when 'veto' then 1 when 'escalation' then 2 when 'cap' then 3 else 4 end, item_no
    ) as reason,
    string_agg(release, '；' order by item_no) filter (where is_release_told) as release
from items
group by evaluation_no;

-- Which rule applies to each scheme on a day, and whether its colours are worked out by it at all? One row is one scheme;
-- colour_basis is rule, or rating where the scheme's ledgers do not yet tell every dimension.
create macro rule_at(as_at) as table
select rule.*, case when computed_from <= cast(as_at as date) then 'rule' else 'rating' end as colour_basis
from three_colour_rule as rule
left join scheme_computed on scheme_computed.scheme = rule.scheme
where effective_from <= cast(as_at as date)
qualify row_number() over (partition by rule.scheme order by effective_from desc) = 1;

-- Since when has each subject worn its colour without a break? One row is one subject and scheme. A rating and what the
-- rule works out are two measures: going over from one to the other is a break.
create macro colour_run_at(as_at, known_at) as table
select enterprise_key, scheme, max(rated_on) as colour_since_on
from colour_spell_known(known_at)
where rated_on <= cast(as_at as date) and colour is distinct from colour_before
group by enterprise_key, scheme;

-- How does every subject stand? One row is one active enterprise or shop under one scheme, with what its last evaluation
-- says, what the ledger of ratings says beside it, and how fresh the knowledge is. The row it points to is the rating it
-- wears or, where the rule gave its colour, its entry in the register.
create macro subject_status_at(as_at, known_at) as table
with worn as materialized (
    select * from subject_colour_at(as_at, known_at)
),
told as (
    select * from evaluation_told('worn')
),
seen as (
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
    -- kept only because a better colour has to be won back
    coalesce(badness(evaluation.candidate) < badness(worn.colour) and not evaluation.is_overridden, false) as is_held,
    coalesce(
        worn.reason,
        nullif(concat_ws('；', case when is_held then '留用观察，最近一次评定已达标' end, told.reason), '')
    ) as reason,
    told.release,
    rated.colour as rated_colour, rated.rated_on as rated_colour_on, rated.reason as rated_reason,
    rated.batch_id as rated_batch_id, rated.source_sheet as rated_source_sheet, rated.source_row as rated_source_row,
    seen.last_seen_on,
    worn.colour <> 'unrated'
        -- whoever was only ever rated is known as of that rating
        and coalesce(coalesce(seen.last_seen_on, worn.rated_on) < cast(as_at as date) - rule.stale_after_days, false)
        as is_stale,
    case when worn.batch_id is null then firm.batch_id else worn.batch_id end as batch_id,
    case when worn.batch_id is null then firm.source_sheet else worn.source_sheet end as source_sheet,
    case when worn.batch_id is null then firm.source_row else worn.source_row end as source_row
from worn
join enterprise_known(known_at) as firm on firm.record_key = worn.enterprise_key
left join rule_at(as_at) as rule on rule.scheme = worn.scheme
left join colour_run_at(as_at, known_at) as run
    on run.enterprise_key = worn.enterprise_key and run.scheme = worn.scheme and worn.colour <> 'unrated'
left join colour_evaluation as evaluation on evaluation.evaluation_no = worn.evaluation_no
left join told on told.evaluation_no = worn.evaluation_no
left join rated_colour_at(as_at, known_at) as rated
    on rated.enterprise_key = worn.enterprise_key and rated.scheme = worn.scheme
left join seen on seen.enterprise_key = worn.enterprise_key;

-- Which fact, one unit more of it, would cost a level by points? One row is one evaluation whose look alone bears out its
-- colour, and one deduction of its rule that no veto reads. `evaluations` names a step with their numbers.
create macro edge_of(evaluations) as table
with standing as (
    select
        evaluation.evaluation_no, evaluation.scheme, rule.effective_from,
        evaluation.score - case evaluation.colour when 'green' then rule.green_floor else rule.yellow_floor end
            as points_above_floor
    from colour_evaluation as evaluation
    join three_colour_rule as rule on rule.scheme = evaluation.scheme and rule.rule_hash = evaluation.rule_hash
    where evaluation.evaluation_no in (select evaluation_no from query_table(evaluations))
        and evaluation.colour in ('green', 'yellow')
        and evaluation.candidate = evaluation.colour
        and not evaluation.is_overridden
),
lost as (
    select fired.evaluation_no, item.dimension, sum(fired.lost_points) as lost_points
    from evaluation_fired as fired
    join standing on standing.evaluation_no = fired.evaluation_no
    join rule_item as item
        on item.scheme = standing.scheme and item.effective_from = standing.effective_from and item.item = fired.item
    where item.item_kind = 'deduct'
    group by fired.evaluation_no, item.dimension
),
deduction as (
    select item.*, dimension.full_points
    from rule_item as item
    join rule_dimension as dimension
        on dimension.scheme = item.scheme and dimension.effective_from = item.effective_from
        and dimension.dimension = item.dimension
    anti join (select * from rule_item where item_kind <> 'deduct') as decisive
        on decisive.scheme = item.scheme and decisive.effective_from = item.effective_from and decisive.fact = item.fact
    where item.item_kind = 'deduct'
),
steps as (
    select
        standing.evaluation_no, standing.points_above_floor, deduction.item, deduction.item_no, deduction.fact,
        least(
            least(deduction.per_points * (coalesce(told.fact_count, 0) + 1), deduction.cap_points)
                - least(deduction.per_points * coalesce(told.fact_count, 0), deduction.cap_points),
            greatest(deduction.full_points - coalesce(lost.lost_points, 0), 0)
        ) as step_points
    from standing
    join deduction on deduction.scheme = standing.scheme and deduction.effective_from = standing.effective_from
    left join evaluation_fact as told on told.evaluation_no = standing.evaluation_no and told.fact = deduction.fact
    left join lost on lost.evaluation_no = standing.evaluation_no and lost.dimension = deduction.dimension
)
select * from steps where step_points > points_above_floor;

-- Where does every subject stand between two looks? One row is one active subject and scheme that was ever given a colour
-- by its rule: the colour that is gone on from, since when, and what counts towards a better one.
create macro standing_at(as_at, known_at) as table
select
    worn.enterprise_key, worn.scheme, worn.name, worn.colour,
    evaluation.standing, evaluation.standing_since_on, evaluation.pass_count, evaluation.is_dwell_doubled,
    evaluation.probation_from_on
from subject_colour_at(as_at, known_at) as worn
join colour_evaluation as evaluation on evaluation.evaluation_no = worn.evaluation_no
where evaluation.standing <> 'unrated';
