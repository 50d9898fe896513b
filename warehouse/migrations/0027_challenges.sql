-- How many steps of challenges each run's casebook had had.
alter table raw.casebooks add column challenges bigint default 0;
