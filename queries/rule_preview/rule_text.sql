-- What does the rule in force say, word for word?
select scheme, rule_version, effective_from, content as rule_content
from rule_at($as_at)
where scheme = $scheme
order by scheme;
