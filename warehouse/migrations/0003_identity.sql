-- How sure the matcher is, in bits of log-odds, and who comes next, where anybody does.
alter table raw.matches add column score double;
alter table raw.matches add column runner_up text;
