-- What each run saw of the casebook when it began: which one it was, and how many rows had ever been written to it.
-- A casebook that is another one, or that has fewer rows, has lost something.
create table raw.casebooks (
    run_id text primary key,
    casebook_id text not null,
    decisions bigint not null,
    attestations bigint not null,
    acceptances bigint not null,
    holds bigint not null,
    tombstones bigint not null,
    labels bigint not null,
    query_log bigint not null,
    noted_at timestamptz not null
);
