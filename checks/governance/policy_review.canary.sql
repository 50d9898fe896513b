-- An invented policy that was to be reviewed long ago, in the place of the school's own.
insert or replace into raw.policies (run_id, pack, title, edition, adopted_on, review_by)
values ($run_id, 'canary-policy-review', 'Drill', 'Drill', date '2001-01-01', date '2002-01-01');
