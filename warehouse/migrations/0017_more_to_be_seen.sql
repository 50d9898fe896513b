-- How a person can have more seen of a list, such as the followers of whom an archive holds the id alone; null where
-- nobody can, and in the runs before.
alter table outcome.account_coverage add column what_to_do text;
