-- Invented official accounts: one that nobody approved on the register, others whose line lacks something, one in
-- order; and a line about an account that is not in the settings.
insert into raw.registers (run_id, source, register, file_name, rows, set_aside, sha256, refreshed_on)
select
    run_id,
    'canary' as source,
    'accounts' as register,
    'canary-account-register' as file_name,
    1 as rows,
    0 as set_aside,
    'canary' as sha256,
    as_of as refreshed_on
from core.audit;

insert into raw.official_accounts by name
from canary_official(
    [
        ['canary-account-whole', 'canary_account_whole'],
        ['canary-account-unlisted', 'canary_account_unlisted'],
        ['canary-account-unapproved', 'canary_account_unapproved'],
        ['canary-account-undated', 'canary_account_undated'],
        ['canary-account-early', 'canary_account_early'],
        ['canary-account-ownerless', 'canary_account_ownerless']
    ]
);

insert into raw.registered_accounts by name
select
    canary_place.run_id,
    canary_place.source,
    canary_place.platform,
    lines.*
from canary_place
cross join (
    values
    ('canary-account-whole', 'canary_account_whole', 'Drill', 'Drill', canary_day()),
    ('canary-account-unapproved', 'canary_account_unapproved', 'Drill', ' ', canary_day()),
    ('canary-account-undated', 'canary_account_undated', 'Drill', 'Drill', null),
    ('canary-account-early', 'canary_account_early', 'Drill', 'Drill', canary_day() + 1),
    ('canary-account-ownerless', 'canary_account_ownerless', null, 'Drill', canary_day()),
    ('canary-account-unaudited', 'canary_account_unaudited', 'Drill', 'Drill', canary_day())
) as lines (account_id, handle, owner_role, approved_by, approved_on);
