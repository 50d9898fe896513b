-- An account that every register of people declares, that bears an invented pupil's name, and that the school answers.
insert into raw.people (
    run_id, source, register, person_id, given_names, surname, year_group, x_account
)
values
(
    $run_id, 'canary', 'pupils', 'canary-official-interaction-1',
    'Drillwyn', 'Likewick', '8', 'canary-official-interaction-account'
),
(
    $run_id, 'canary', 'leavers', 'canary-official-interaction-2',
    'Drillwyn', 'Quoterly', null, 'canary-official-interaction-account'
),
(
    $run_id, 'canary', 'parents', 'canary-official-interaction-3',
    'Drillwyn', 'Answerly', null, 'canary-official-interaction-account'
),
(
    $run_id, 'canary', 'staff', 'canary-official-interaction-4',
    'Drillwyn', 'Favourly', null, 'canary-official-interaction-account'
),
(
    $run_id, 'canary', 'governors', 'canary-official-interaction-5',
    'Drillwyn', 'Approverly', null, 'canary-official-interaction-account'
);

insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded
)
values (
    $run_id,
    'canary',
    $platform,
    'canary-official-interaction-account',
    'canary_answered',
    'Drillwyn Likewick',
    'Year 8',
    false
);

insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, text, visibility, in_reply_to_actor_id
)
values (
    $run_id,
    'canary',
    $platform,
    $account_id,
    'canary-official-interaction-post',
    'canary-official-interaction-post',
    'reply',
    'Drill',
    'public',
    'canary-official-interaction-account'
);
