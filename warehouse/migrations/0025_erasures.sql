-- How many lines or texts of erased accounts a run left out of each list: the platform's own figure counts them still.
create table raw.left_out (
    run_id text not null,
    source text not null,
    platform text not null,
    account_id text not null,
    listing text not null,
    accounts bigint not null,
    primary key (run_id, source, platform, account_id, listing)
);

-- How many erasures, and rows that gave way to them, each run's casebook had had.
alter table raw.casebooks add column erasures bigint default 0;
alter table raw.casebooks add column redactions bigint default 0;
