-- Where does it stand, to reckon what one thing more would cost it?
select * from standing_at($as_at, $known_at)
where enterprise_key = $enterprise_key
order by scheme;
