-- The official account as a protected one, and a follower whom no register declares.
insert into raw.profiles by name
from canary_profile($account_id, 'drill_official', 'Drillwyn Nobodyly', is_protected := true)
on conflict do nothing;

insert into raw.profiles by name
from canary_profile('drill-unapproved-follower', 'drill_unapproved', 'Drillwyn Unknownly');

insert into raw.follows by name
from canary_follow('drill-unapproved-follower');
