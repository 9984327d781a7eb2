-- Did the rounds go out that were owed, with the crew and for the time the rule wants?
with days as (
    select
        count(*) filter (where round_state <> 'unreported') as required_round_days,
        count(*) filter (where round_count > 0) as out_round_days,
        count(*) filter (where round_state not in ('unreported', 'unknown')) as judged_round_days,
        count(*) filter (where round_state = 'valid') as valid_round_days,
        count(*) filter (where round_state = 'unreported') as unreported_round_days
    from round_day($since, $until, $as_at, $known_at) as days
    join community_in_scope($grids, $communities, $known_at) as chosen on chosen.community = days.community
),
rounds as (
    select
        count(*) as round_count,
        count(is_crew_met) as crew_known_rounds,
        count(*) filter (where is_crew_met) as crew_met_rounds,
        count(is_long_enough) as timed_rounds,
        count(*) filter (where is_long_enough) as long_rounds,
        count(is_empty) as noted_rounds,
        count(*) filter (where is_empty) as empty_rounds,
        total(contact_count) as contact_count
    from patrol_round($since, $until, $as_at, $known_at) as rounds
    join community_in_scope($grids, $communities, $known_at) as chosen on chosen.community = rounds.community
)
select
    days.*,
    rounds.*,
    rate(out_round_days, required_round_days) as round_out_rate,
    rate(valid_round_days, judged_round_days) as valid_round_rate,
    rate(crew_met_rounds, crew_known_rounds) as crew_met_rate,
    rate(long_rounds, timed_rounds) as long_round_rate,
    rate(empty_rounds, noted_rounds) as empty_round_rate,
    rate(contact_count, round_count) as contacts_per_round
from days
cross join rounds
order by required_round_days;
