-- How many changes of registers at the desk each run's casebook had had.
alter table raw.casebooks add column register_changes bigint default 0;
