-- What to do about one exception, what not, and whose task it is, where it is other than what its check says of all.
alter table outcome.exceptions add column next_step text;
alter table outcome.exceptions add column do_not text;
alter table outcome.exceptions add column owner_role text;
