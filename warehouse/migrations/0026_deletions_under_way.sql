-- What is deleted for its age is counted here until its certificate stands in the casebook: a deletion that is broken
-- off is finished by the next one. No row names anybody.
create table main.deletions_under_way (
    certificate_id text not null,
    table_name text not null,
    clock text not null,
    deleted bigint not null
);

-- How many certificates of deletion each run's casebook had had.
alter table raw.casebooks add column age_deletions bigint default 0;
