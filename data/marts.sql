-- Fills the sums that questions read instead of a whole ledger: every day, as known when the snapshot is built.

insert into patrol_day
select * from patrol_day_counted(timestamp '0001-01-01', timestamp '9999-12-31', null)
order by patrolled_on, community, grid_code;

insert into patrol_hour
select * from patrol_hour_counted(timestamp '0001-01-01', timestamp '9999-12-31', null)
order by patrolled_on, community, grid_code, hour;

insert into place_visit
select * from place_visit_counted(timestamp '0001-01-01', timestamp '9999-12-31', null)
order by patrolled_on, grid_code, place;

insert into patrol_half_day
select * from patrol_round_counted(timestamp '0001-01-01', timestamp '9999-12-31', timestamp '9999-12-31', null)
order by patrolled_on, community, half_day;

insert into rating_spell
select * from rating_spell_counted(null)
order by rated_on, enterprise_key, scheme;

insert into flow_day
select * from flow_counted(timestamp '9999-12-31', null)
order by moved_on, community, grid_code, direction;
