-- Who wears which colour, and since when.

-- From when until when is each rating of the ledger worn? One row is one rating as known then; it is worn
-- rated_on <= day < until_on, and never where a later one of the same day replaces it. Questions ask rating_spell_known.
create macro rating_spell_counted(known_at) as table
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

-- From when until when is each rating of the ledger worn? Today's knowledge was worked out at the build.
create macro rating_spell_known(known_at) as table
select * from rating_spell where known_at is null
union all
select * from rating_spell_counted(known_at) where known_at is not null;

-- Since when are a scheme's colours worked out by its rule? From the first subject that could be rated on.
create view scheme_computed as
select scheme, min(rated_on) as computed_from from computed_spell where colour <> 'unrated' group by scheme;

-- From when until when is each colour worn? One row is one evaluation, or, before a scheme could be worked out, one
-- rating of the ledger. colour_basis says which: rule, override or rating.
create macro colour_spell_known(known_at) as table
select
    enterprise_key, computed_spell.scheme, colour, colour_before, rated_on, until_on, colour_basis, cast(null as varchar) as rating_kind,
    score, cast(null as varchar) as reason, evaluation_no,
    cast(null as varchar) as batch_id, cast(null as varchar) as source_sheet, cast(null as bigint) as source_row
from computed_spell
join scheme_computed on scheme_computed.scheme = computed_spell.scheme and rated_on >= computed_from
union all
select
    enterprise_key, rated.scheme, colour, colour_before, rated_on,
    least(until_on, coalesce(computed_from, until_on)) as until_on,
    'rating' as colour_basis, rating_kind, score, reason, cast(null as bigint) as evaluation_no,
    batch_id, source_sheet, source_row
from rating_spell_known(known_at) as rated
left join scheme_computed on scheme_computed.scheme = rated.scheme
where computed_from is null or rated_on < computed_from;

-- Which colour does each subject wear? One row is one enterprise or shop under one scheme.
create macro colour_at(as_at, known_at) as table
select
    enterprise_key, scheme, colour, colour_before, rated_on, colour_basis, rating_kind, score, reason, evaluation_no,
    batch_id, source_sheet, source_row
from colour_spell_known(known_at)
where rated_on <= cast(as_at as date) and until_on > cast(as_at as date);

-- Which colour did the ledger of ratings last give each subject, whatever the rule says? One row is one subject and scheme.
create macro rated_colour_at(as_at, known_at) as table
select enterprise_key, scheme, colour, rated_on, rating_kind, score, reason, batch_id, source_sheet, source_row
from rating_spell_known(known_at)
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
    worn.colour_before, worn.rated_on, worn.colour_basis, worn.rating_kind, worn.score, worn.reason, worn.evaluation_no,
    worn.batch_id, worn.source_sheet, worn.source_row
from pairs
join subject on subject.enterprise_key = pairs.enterprise_key
left join worn on worn.enterprise_key = pairs.enterprise_key and worn.scheme = pairs.scheme
where subject.is_active;
