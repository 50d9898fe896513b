-- Two invented official accounts: one that anybody may follow, and one that asks first.
insert into raw.official_accounts by name
from canary_official(
    [['canary-approval-open', 'canary_approval_open'], ['canary-approval-protected', 'canary_approval_protected']]
);

insert into raw.profiles by name
from canary_profiles([['canary-approval-open', 'Drillhaven School', null]], is_protected := false);

insert into raw.profiles by name
from canary_profiles([['canary-approval-protected', 'Drillhaven School', null]], is_protected := true);
