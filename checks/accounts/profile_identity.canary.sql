-- A profile of the official account that shows nothing of the school's; it is read before the one that was pulled.
insert into raw.profiles by name
from canary_profile($account_id, 'canary_official', 'Drillwyn Nobodyly', is_protected := true)
on conflict do nothing;
