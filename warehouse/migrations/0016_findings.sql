-- The heading for what a check found, of one exception and of several; null in the runs before, which have the title.
alter table outcome.checks add column finding_one text;
alter table outcome.checks add column finding_many text;
