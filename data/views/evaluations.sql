-- What came of the rules: which items fired at an evaluation, in words, and who is how far from another colour.

-- Which items of its rule fired at every evaluation? One row is one item of one evaluation.
create view evaluation_item as
select
    fired.evaluation_no, evaluation.enterprise_key, evaluation.scheme, evaluation.evaluated_on,
    fired.item, fired.item_kind, item.item_no, item.dimension, fired.fact, fired.fact_count, fired.lost_points,
    fired.forced_colour,
    replace(item.reason, '{n}', cast(fired.fact_count as varchar)) as item_reason,
    item.release
from evaluation_fired as fired
join colour_evaluation as evaluation on evaluation.evaluation_no = fired.evaluation_no
join three_colour_rule as rule
    on rule.scheme = evaluation.scheme and rule.rule_hash = evaluation.rule_hash
join rule_item as item
    on item.scheme = rule.scheme and item.effective_from = rule.effective_from and item.item = fired.item;

-- Why is an evaluation what it is, in words, and what would release it? One row is one evaluation with an item fired,
-- what decides a colour first.
create view evaluation_told as
select
    evaluation_no,
    string_agg(
        item_reason || case when lost_points > 0 then ' −' || lost_points else '' end, '；'
        order by case item_kind when 'veto' then 1 when 'escalation' then 2 when 'cap' then 3 else 4 end, item_no
    ) as reason,
    string_agg(release, '；' order by item_no) filter (where item_kind <> 'deduct') as release
from evaluation_item
group by evaluation_no;
