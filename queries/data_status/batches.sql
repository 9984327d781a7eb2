-- What was loaded when, and how much of it was turned away?
select
    batch_id,
    batch_no,
    load_id,
    loaded_at,
    ledger,
    file_name,
    template,
    accepted_count,
    merged_count,
    rejected_count,
    rate(rejected_count, accepted_count + merged_count + rejected_count) as rejected_row_rate,
    notes,
    is_demo
from batch
where $known_at is null or known_at <= $known_at
order by batch_no desc;
