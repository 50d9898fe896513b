-- Archives of invented official accounts: one of the school's address and a computer, others that each lack one thing.
insert into raw.official_accounts by name
from canary_official(
    [
        ['canary-sign-in-whole', 'canary_sign_in_whole'],
        ['canary-sign-in-private', 'canary_sign_in_private'],
        ['canary-sign-in-device', 'canary_sign_in_device'],
        ['canary-sign-in-old-device', 'canary_sign_in_old_device'],
        ['canary-sign-in-older', 'canary_sign_in_older']
    ]
);

insert into raw.archives by name
select
    canary_place.run_id,
    canary_place.source,
    canary_place.platform,
    accounts.account_id,
    accounts.account_id != 'canary-sign-in-private' as has_school_email,
    canary_day()::timestamptz as made_at,
    true as is_dated,
    'canary' as file_sha256
from canary_place
inner join raw.official_accounts as accounts using (run_id, platform)
where starts_with(accounts.account_id, 'canary-sign-in-') and core.platform_has(canary_place.platform, 'mentions');

insert into raw.posts by name
select
    posts.* replace (
        said.account_id as account_id, said.account_id || '-post' as post_id, said.posted_at as posted_at
    ),
    said.posted_with
from canary_posts([['canary-sign-in-post', 'Quietly', null]]) as posts
cross join (
    values
    ('canary-sign-in-whole', 'Twitter Web App', canary_day()::timestamptz),
    ('canary-sign-in-private', 'Twitter Web App', canary_day()::timestamptz),
    ('canary-sign-in-device', 'Twitter for iPhone', canary_day()::timestamptz),
    ('canary-sign-in-old-device', 'Twitter for iPhone', (canary_day() - 364)::timestamptz),
    ('canary-sign-in-older', 'Twitter for iPhone', (canary_day() - 366)::timestamptz)
) as said (account_id, posted_with, posted_at)
where core.platform_has(posts.platform, 'mentions');
