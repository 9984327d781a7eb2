-- Shared meanings, each in one place. A macro takes `as_at`, the moment looked at (events after it have not happened),
-- and `known_at`, the moment of knowing (rows loaded after it are not known; null: everything loaded).
-- For every ledger the build adds <table> (current rows), <table>_known(known_at) and <table>_at(as_at, known_at).
-- What belongs to one topic stands in data/views/, a file each.

-- Is a row within the communities and grids asked for? An empty list asks for all.
create macro in_scope(grid_code, community, grids, communities) as (
    (len(grids) = 0 or list_contains(grids, grid_code))
    and (len(communities) = 0 or list_contains(communities, community))
);

-- Which communities does a choice of grids and communities touch? What belongs to a whole community, such as a round,
-- is told of every community that has a chosen grid.
create macro community_in_scope(grids, communities, known_at) as table
select distinct community from grid_known(known_at)
where community is not null and in_scope(grid_code, community, grids, communities);

-- Which communities are there? One row is one community of the street, summed over its grids.
create view community as
select
    community,
    max(community_code) as community_code,
    max(street) as street,
    count(*) as grid_count,
    sum(households) as households,
    sum(population) as population,
    sum(floating_population) as floating_population
from grid
group by community;

-- A rate between 0 and 1, or null for 0/0.
create macro rate(numerator, denominator) as (cast(numerator as double) / nullif(denominator, 0));

-- The sum of counts; 0, not null, where there is nothing to sum.
create macro total(counts) as (cast(coalesce(sum(counts), 0) as bigint));

-- A count of people as it may be shown: fewer than five are not told, as a denominator neither.
create macro enough_people(people) as (case when people = 0 or people >= 5 then people end);

-- The Wilson score interval of a rate: z is 1.96 for 95 %, 3.09 for 99.8 %. Null for 0/0.
create macro wilson_low(k, n, z) as (
    case when n > 0 then greatest(0.0,
        (k + z * z / 2.0 - z * sqrt(cast(k as double) * (n - k) / n + z * z / 4.0)) / (n + z * z)
    ) end
);

create macro wilson_high(k, n, z) as (
    case when n > 0 then least(1.0,
        (k + z * z / 2.0 + z * sqrt(cast(k as double) * (n - k) / n + z * z / 4.0)) / (n + z * z)
    ) end
);

-- The interval of a count of independent events (Byar's approximation of Poisson's); z as for Wilson.
create macro poisson_low(k, z) as (
    case when k > 0 then k * power(1 - 1 / (9.0 * k) - z / (3 * sqrt(k)), 3) when k = 0 then 0.0 end
);

create macro poisson_high(k, z) as (
    (k + 1) * power(1 - 1 / (9.0 * (k + 1)) + z / (3 * sqrt(k + 1)), 3)
);

-- Where is the ledger itself counted for a question? From as_at's own day on, which may be half over, and from the
-- beginning where an earlier knowing is asked for; the days before that have been summed up.
create macro counted_from(as_at, known_at) as (
    case when known_at is null then date_trunc('day', as_at) else timestamp '0001-01-01' end
);

-- A quantile of a gamma distribution, z being the normal one of the same share (Wilson and Hilferty).
create macro gamma_quantile(shape, pace, z) as (
    shape / pace * power(greatest(0.0, 1 - 1 / (9.0 * shape) + z / (3 * sqrt(shape))), 3)
);
