-- Which of a match's reasons speak against it, as a JSON list; null in the runs before.
alter table raw.matches add column against text;
