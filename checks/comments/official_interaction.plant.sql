-- An account that every register of people declares, that bears an invented pupil's name, and that the school answers.
insert into raw.people (
    run_id, source, register, person_id, given_names, surname, year_group, x_account
)
values
(
    $run_id, 'drill', 'pupils', 'drill-official-interaction-1',
    'Drillwyn', 'Likewick', '8', 'drill-official-interaction-account'
),
(
    $run_id, 'drill', 'leavers', 'drill-official-interaction-2',
    'Drillwyn', 'Quoterly', null, 'drill-official-interaction-account'
),
(
    $run_id, 'drill', 'parents', 'drill-official-interaction-3',
    'Drillwyn', 'Answerly', null, 'drill-official-interaction-account'
),
(
    $run_id, 'drill', 'staff', 'drill-official-interaction-4',
    'Drillwyn', 'Favourly', null, 'drill-official-interaction-account'
),
(
    $run_id, 'drill', 'governors', 'drill-official-interaction-5',
    'Drillwyn', 'Approverly', null, 'drill-official-interaction-account'
);

insert into raw.profiles (
    run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded
)
values (
    $run_id,
    'drill',
    $platform,
    'drill-official-interaction-account',
    'drill_answered',
    'Drillwyn Likewick',
    'Year 8',
    false
);

insert into raw.posts (
    run_id, source, platform, account_id, post_id, first_version_id, kind, text, visibility, in_reply_to_actor_id
)
values (
    $run_id,
    'drill',
    $platform,
    $account_id,
    'drill-official-interaction-post',
    'drill-official-interaction-post',
    'reply',
    'Drill',
    'public',
    'drill-official-interaction-account'
);
