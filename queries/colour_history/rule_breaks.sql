-- On the day a rule was replaced, what did the old one and the new one give?
select
    evaluated_on as rule_changed_on,
    rule_version,
    old_rule_colour,
    assigned as new_rule_colour,
    count(*) as moved_count
from colour_evaluation
join subject_colour_at($as_at, $known_at) as subject
    on subject.enterprise_key = colour_evaluation.enterprise_key and subject.scheme = colour_evaluation.scheme
where old_rule_colour is not null and colour_evaluation.scheme = $scheme and evaluated_on <= cast($as_at as date)
    and in_scope(subject.grid_code, subject.community, $grids, $communities)
group by evaluated_on, rule_version, old_rule_colour, assigned
order by rule_changed_on desc,
    list_position(['red', 'yellow', 'green', 'unrated'], old_rule_colour),
    list_position(['red', 'yellow', 'green', 'unrated'], new_rule_colour);
