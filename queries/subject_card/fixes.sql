-- Where does it stand, to reckon the fewest fixes from?
select * from standing_at($as_at, $known_at)
where enterprise_key = $enterprise_key
order by scheme;
