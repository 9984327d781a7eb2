-- Day by day, how many communities sent the round they owed, and what was wanting?
select patrolled_on, round_state, count(*) as round_days
from round_day($since, $until, $as_at, $known_at) as days
join community_in_scope($grids, $communities, $known_at) as chosen on chosen.community = days.community
group by patrolled_on, round_state
order by patrolled_on, round_state;
