-- Which colours has it worn, from when until when, and why?
with spell as materialized (
    select * from colour_spell_known($known_at)
    where enterprise_key = $enterprise_key and rated_on < until_on and rated_on <= cast($as_at as date)
)
select
    spell.scheme,
    spell.rated_on as begins_on,
    least(spell.until_on, cast($as_at as date) + 1) as ends_on,
    spell.colour,
    spell.colour_basis,
    spell.score,
    evaluation.candidate,
    evaluation.occasion,
    evaluation.rule_version,
    coalesce(spell.reason, told.reason) as reason
from spell
left join colour_evaluation as evaluation on evaluation.evaluation_no = spell.evaluation_no
left join evaluation_told('spell') as told on told.evaluation_no = spell.evaluation_no
order by spell.scheme, begins_on;
