-- Why were rows turned away?
select
    batch.ledger,
    turned_away.reason as rejected_for,
    turned_away.heading,
    count(*) as rejected_count,
    count(distinct batch.batch_id) as file_count,
    min(turned_away.message) as example,
    max(batch.loaded_at) as last_loaded_at
from rejected_row as turned_away
join batch on batch.batch_id = turned_away.batch_id
where ($known_at is null or batch.known_at <= $known_at) and ($batch_id = '' or batch.batch_id = $batch_id)
group by batch.ledger, turned_away.reason, turned_away.heading
order by rejected_count desc, batch.ledger, rejected_for, turned_away.heading;
