-- Who is there, in which colour, where, and how far from a better one?
select
    scheme,
    enterprise_key,
    name,
    industry,
    district,
    park,
    community,
    grid_code,
    colour,
    colour_since_on,
    colour_days,
    score,
    is_stale,
    last_seen_on,
    inherent_risk,
    responsible_post,
    reason,
    lon,
    lat
from subject_status_at($as_at, $known_at)
where in_scope(grid_code, community, $grids, $communities)
    and $scheme in ('', scheme)
    and (
        $by = ''
        or coalesce(
            case $by
                when 'district' then district
                when 'park' then park
                when 'industry' then industry
                else error('不能按 ' || $by || ' 挑选，可用 district、park、industry')
            end,
            ''
        ) = $chosen
    )
order by case colour when 'red' then 1 when 'yellow' then 2 when 'unrated' then 3 else 4 end, score, name,
    enterprise_key, scheme;
