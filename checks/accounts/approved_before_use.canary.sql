-- Invented official accounts with a first post of today: one approved today by the head, one tomorrow, one by another.
insert or ignore into raw.registers (run_id, source, register, file_name, rows, set_aside, sha256, refreshed_on)
select
    run_id,
    'canary' as source,
    'accounts' as register,
    'canary-approved-before-use' as file_name,
    1 as rows,
    0 as set_aside,
    'canary' as sha256,
    as_of as refreshed_on
from core.audit;

insert into raw.official_accounts by name
from canary_official(
    [
        ['canary-approved-in-time', 'canary_approved_in_time'],
        ['canary-approved-late', 'canary_approved_late'],
        ['canary-approved-by-another', 'canary_approved_by_another']
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
    ('canary-approved-in-time', 'The Head Teacher', canary_day()),
    ('canary-approved-late', 'Headteacher', canary_day() + 1),
    ('canary-approved-by-another', 'Deputy Headteacher', canary_day())
) as lines (account_id, approved_by, approved_on);

insert into raw.posts by name
select
    posts.* replace (
        accounts.account_id as account_id,
        accounts.account_id || '-post' as post_id,
        -- At noon, by the school's clock.
        (canary_day() + interval 12 hours) at time zone (select school.timezone from core.school as school) as posted_at
    )
from raw.official_accounts as accounts
inner join canary_posts([['canary-approved-post', 'Quietly', null]]) as posts using (run_id, platform)
where starts_with(accounts.account_id, 'canary-approved-');
