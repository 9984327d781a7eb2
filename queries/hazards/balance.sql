-- What came into the stock of open cases, what left it, and does it add up?
select
    total(opening_stock) as opening_stock,
    total(newly_filed) as newly_filed,
    total(reopened) as reopened,
    total(closed) as closed,
    total(voided) as voided,
    total(closing_stock) as closing_stock,
    total(closed) - total(entered) as net_closing
from case_tally($since, $until, $as_at, $known_at, $kind)
where in_scope(grid_code, community, $grids, $communities)
order by opening_stock;
