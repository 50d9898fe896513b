-- The day of the run that proved the photograph of this row gone from its place. What proved it, such as the bytes of a
-- thumbnail that another replaced, is deleted in its time; null while nothing has, and in runs of before.
alter table outcome.exceptions add column down_on date;
