-- When a member of staff read the policy and was last trained, and which of these days could not be read (separated by
-- semicolons); when the head was given an account's sign-in details, and when they were changed.
alter table raw.people add column policy_read_on date;
alter table raw.people add column trained_on date;
alter table raw.people add column unread_days text;
alter table raw.registered_accounts add column shared_with_head_on date;
alter table raw.registered_accounts add column changed_on date;
alter table raw.registered_accounts add column unread_days text;
