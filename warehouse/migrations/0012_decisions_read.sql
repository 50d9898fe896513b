-- How many of a case's decisions the run had read when it judged: whatever was decided after them, it knows nothing of.
-- Null in runs of before, which were not begun again on their day.
alter table outcome.exceptions add column decisions_read bigint;
