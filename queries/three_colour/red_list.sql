-- Who is red, since when, why, and what would release it?
select
    status.scheme,
    enterprise_key,
    name,
    industry,
    community,
    grid_code,
    rated_on,
    colour_since_on as red_since_on,
    colour_days as red_days,
    score,
    reason,
    -- what has to be done, then what has to be waited for
    nullif(
        concat_ws(
            '；',
            release,
            case when is_held then
                '连续达标 ' || rule.pass_need || ' 次（已 ' || pass_count || ' 次），留满 ' || dwell_days || ' 天（已 '
                || date_diff('day', standing_since_on, cast($as_at as date)) || ' 天）'
            end
        ),
        ''
    ) as release,
    responsible_post,
    status.colour_basis,
    is_stale,
    batch_id,
    source_sheet,
    source_row
from subject_status_at($as_at, $known_at) as status
left join rule_at($as_at) as rule on rule.scheme = status.scheme
where colour = 'red' and in_scope(grid_code, community, $grids, $communities) and $scheme in ('', status.scheme)
order by status.scheme, red_since_on, enterprise_key;
