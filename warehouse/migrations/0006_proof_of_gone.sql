-- Why an exception is gone: asked, absent_twice, recorded or put_right (see docs/data.md); null while it is not.
alter table outcome.exceptions add column proof text;
-- The hashes of the members of lists that the exception rests on and that are not proved to have ended: what YouTube
-- told is let go of after its time, and a member that was let go of has not ended by that.
alter table outcome.exceptions add column rests_on varchar[];
