-- Since when the thing stands that the first run of its account found, where somebody may plan the case for later: the
-- day of the post, or of that run; null for what cannot wait, and for what a later run found.
alter table outcome.exceptions add column backlog_since date;
