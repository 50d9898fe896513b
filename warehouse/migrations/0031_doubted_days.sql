-- Whether the run deleted nothing for its age, because the day may have been wrong; null in runs before this was noted.
alter table raw.runs add column is_day_doubted boolean;
