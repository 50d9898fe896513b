-- Invented official accounts on the register of accounts: one whose details were given and changed, and others that
-- each lack one thing.
insert into raw.official_accounts by name
from canary_official(
    [
        ['canary-details-whole', 'canary_details_whole'],
        ['canary-details-unshared', 'canary_details_unshared'],
        ['canary-details-unchanged', 'canary_details_unchanged'],
        ['canary-details-old', 'canary_details_old']
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
    ('canary-details-whole', canary_day(), (canary_day() - to_months(12))::date),
    ('canary-details-unshared', null, canary_day()),
    ('canary-details-unchanged', canary_day(), null),
    ('canary-details-old', canary_day(), (canary_day() - to_months(12))::date - 1)
) as lines (account_id, shared_with_head_on, changed_on);
