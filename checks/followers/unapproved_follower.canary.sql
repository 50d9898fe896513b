-- The official account as a protected one, and a follower whom no register declares.
insert into raw.profiles by name
from canary_profile($account_id, 'canary_official', 'Drillwyn Nobodyly', is_protected := true)
on conflict do nothing;

insert into raw.profiles by name
from canary_profile('canary-unapproved-follower', 'canary_unapproved', 'Drillwyn Unknownly');

insert into raw.follows by name
from canary_follow('canary-unapproved-follower');
