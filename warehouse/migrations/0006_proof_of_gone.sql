-- Why an exception is gone: asked, absent_twice, recorded or put_right (see docs/data.md); null while it is not.
alter table outcome.exceptions add column proof text;
