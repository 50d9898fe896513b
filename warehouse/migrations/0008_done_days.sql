-- When a member of staff read the policy and was last trained, and which of these days could not be read (separated by
-- semicolons); when the head was given an account's sign-in details, and when they were changed.
alter table raw.people add column policy_read_on date;
alter table raw.people add column trained_on date;
alter table raw.people add column unread_days text;
alter table raw.registered_accounts add column shared_with_head_on date;
alter table raw.registered_accounts add column changed_on date;
alter table raw.registered_accounts add column unread_days text;
-- With what a post was written, as an X archive says; and whether the account signs in by an address of the school's.
alter table raw.posts add column posted_with text;
alter table raw.archives add column has_school_email boolean;
