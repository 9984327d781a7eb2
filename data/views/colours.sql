-- Who wears which colour, and since when.

-- From when until when is each rating worn, from the ledger itself? One row is one rating as known then; it is worn
-- rated_on <= day < until_on, and never where a later one of the same day replaces it. Questions ask colour_spell_known.
create macro colour_spell_counted(known_at) as table
select
    enterprise_key, scheme, colour,
    lag(colour) over in_turn as colour_before,
    rated_on,
    lead(rated_on, 1, date '9999-12-31') over in_turn as until_on,
    rating_kind, score, reason, batch_id, source_sheet, source_row
from rating_known(known_at)
window in_turn as (
    partition by enterprise_key, scheme order by rated_on, coalesce(updated_at, known_since), record_key
);

-- From when until when is each rating worn? One row is one rating; today's knowledge was worked out at the build.
create macro colour_spell_known(known_at) as table
select * from colour_spell where known_at is null
union all
select * from colour_spell_counted(known_at) where known_at is not null;

-- Which colour does each subject wear? One row is one enterprise or shop under one scheme, by its latest rating.
create macro colour_at(as_at, known_at) as table
select enterprise_key, scheme, colour, colour_before, rated_on, rating_kind, score, reason, batch_id, source_sheet, source_row
from colour_spell_known(known_at)
where rated_on <= cast(as_at as date) and until_on > cast(as_at as date);

-- Which subjects are there, and which colour does each wear? One row is one enterprise or shop under one scheme: the
-- scheme of its kind, rated or not, and any other it was rated under. Deregistered ones and empty shops are gone.
create macro subject_colour_at(as_at, known_at) as table
with subject as (
    select
        record_key as enterprise_key, subject_kind, name, industry, grid_code, community,
        state is null or not regexp_matches(state, '注销|吊销|空铺|搬迁|迁出|倒闭|关闭') as is_active
    from enterprise_known(known_at)
),
worn as (
    select * from colour_at(as_at, known_at)
),
pairs as (
    select enterprise_key, subject_kind as scheme from subject
    union
    select enterprise_key, scheme from worn
)
select
    pairs.enterprise_key, pairs.scheme, subject.name, subject.industry, subject.grid_code, subject.community,
    coalesce(worn.colour, 'unrated') as colour,
    worn.colour_before, worn.rated_on, worn.rating_kind, worn.score, worn.reason,
    worn.batch_id, worn.source_sheet, worn.source_row
from pairs
join subject on subject.enterprise_key = pairs.enterprise_key
left join worn on worn.enterprise_key = pairs.enterprise_key and worn.scheme = pairs.scheme
where subject.is_active;
