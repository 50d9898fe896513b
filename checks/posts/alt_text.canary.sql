-- An invented post of the day of the run, with a photograph that no text describes.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, posted_at, text
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-alt-text-post',
    'canary-alt-text-post',
    'post',
    (
        select as_of::timestamp at time zone 'UTC'
        from raw.runs
        where run_id = $run_id
    ),
    'Drill'
);

insert into raw.media (
    run_id, source, platform, account_id, post_id, medium_id, kind, url
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-alt-text-post',
    'canary-alt-text',
    'photo',
    'canary'
);
