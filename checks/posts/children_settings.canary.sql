-- An invented video on which people may comment, and of whose other settings the platform said nothing.
insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, title, text, reply_count
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-children-settings',
    'canary-children-settings',
    'video',
    'Drill',
    'Drill',
    0
);
