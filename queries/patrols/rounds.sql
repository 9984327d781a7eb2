-- Which rounds went out, with how many people, for how long, and what did they bring home?
select
    rounds.patrolled_on,
    rounds.community,
    rounds.half_day,
    rounds.first_visit_at,
    rounds.crew_size,
    rounds.round_minutes,
    rounds.visit_count,
    rounds.reached_grids,
    rounds.contact_count,
    rounds.finding_count,
    rounds.is_crew_met,
    rounds.is_long_enough,
    rounds.is_round_valid,
    rounds.is_empty
from patrol_round($since, $until, $as_at, $known_at) as rounds
join community_in_scope($grids, $communities, $known_at) as chosen on chosen.community = rounds.community
order by rounds.patrolled_on desc, rounds.community, rounds.half_day;
