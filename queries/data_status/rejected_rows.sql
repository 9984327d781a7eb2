-- Which rows were turned away, where do they stand, and what must be mended?
select
    batch.batch_id,
    batch.loaded_at,
    batch.ledger,
    batch.file_name,
    turned_away.source_sheet,
    turned_away.source_row,
    turned_away.heading,
    turned_away.value as cell_text,
    turned_away.reason as rejected_for,
    turned_away.message
from rejected_row as turned_away
join batch on batch.batch_id = turned_away.batch_id
where ($known_at is null or batch.known_at <= $known_at)
    and ($loaded <> 'in_period' or (batch.loaded_at >= $since and batch.loaded_at < $until))
    and ($batch_id = '' or batch.batch_id = $batch_id)
    and ($rejected_for = '' or turned_away.reason = $rejected_for)
    and (
        $search = ''
        or contains(lower(concat_ws(' ', batch.file_name, turned_away.heading, turned_away.value, turned_away.message)),
            lower($search))
    )
order by batch.batch_no desc, turned_away.source_sheet, turned_away.source_row
limit $rows;
