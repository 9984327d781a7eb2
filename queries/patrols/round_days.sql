-- Which community owed a round on which day, and what came of it?
select
    days.patrolled_on,
    days.community,
    days.round_state,
    days.round_count,
    days.visit_count,
    days.crew_size,
    days.round_minutes
from round_day($since, $until, $as_at, $known_at) as days
join community_in_scope($grids, $communities, $known_at) as chosen on chosen.community = days.community
order by days.patrolled_on desc, days.community;
