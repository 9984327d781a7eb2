-- Which photo files do the closings of the period name, and which those of the two years before it?
select
    hazard_no,
    photo_before,
    photo_after,
    closed_at >= $since as is_of_period,
    closed_at
from hazard_at($as_at, $known_at)
where is_case and closed_at < $until and closed_at >= $since - interval 2 year
    and (photo_before is not null or photo_after is not null)
order by closed_at, hazard_no;
