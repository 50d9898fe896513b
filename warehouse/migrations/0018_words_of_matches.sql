-- The words of the public profile that the reasons of a likely match rest on, as a JSON list; null in the runs before.
alter table raw.matches add column words text;
