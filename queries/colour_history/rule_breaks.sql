-- On the day a rule was replaced, what did the old one and the new one give?
select
    looked.evaluated_on as rule_changed_on,
    looked.rule_version,
    looked.old_rule_colour,
    looked.assigned as new_rule_colour,
    count(*) as moved_count
from colour_evaluation as looked
-- a rule that nobody was coloured by is replaced without a break
join scheme_computed on scheme_computed.scheme = looked.scheme and looked.evaluated_on >= computed_from
join subject_colour_at($as_at, $known_at) as subject
    on subject.enterprise_key = looked.enterprise_key and subject.scheme = looked.scheme
where looked.old_rule_colour is not null and looked.scheme = $scheme and looked.evaluated_on <= cast($as_at as date)
    and in_scope(subject.grid_code, subject.community, $grids, $communities)
group by rule_changed_on, looked.rule_version, looked.old_rule_colour, new_rule_colour
order by rule_changed_on desc,
    list_position(['red', 'yellow', 'green', 'unrated'], looked.old_rule_colour),
    list_position(['red', 'yellow', 'green', 'unrated'], new_rule_colour);
