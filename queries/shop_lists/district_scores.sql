-- How does each district do in the five goods, by its latest month? Five numbers, no total.
with latest as (
    select *, row_number() over (partition by district order by scored_on desc, record_key desc) as turn
    from district_score_known($known_at)
    where scored_on <= cast($as_at as date)
)
select district, scored_on, environment_score, order_score, business_score, service_score, safety_score
from latest
where turn = 1
order by district;
