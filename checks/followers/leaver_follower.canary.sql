-- An invented former pupil of five, and an account that a register declares, and that bears the name and says so.
insert into raw.people (
    run_id, source, register, person_id, given_names, surname, date_of_birth, x_account, youtube_account
)
select
    run_id,
    'canary' as source,
    'leavers' as register,
    'canary-leaver-follower-person' as person_id,
    'Drillwyn' as given_names,
    'Leaverly' as surname,
    as_of - to_years(5) as date_of_birth,
    case when $platform = 'x' then 'canary-leaver-follower' end as x_account,
    case when $platform = 'youtube' then 'canary-leaver-follower' end as youtube_account
from raw.runs
where run_id = $run_id;

insert into raw.profiles (run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded)
select
    run_id,
    'canary' as source,
    $platform,
    'canary-leaver-follower' as account_id,
    'canary_leaver' as handle,
    'Drillwyn Leaverly' as display_name,
    'Once at ' || school_name as bio,
    false as counts_are_rounded
from raw.runs
where run_id = $run_id;

insert into raw.follows (run_id, source, platform, account_id, actor_id, direction)
values ($run_id, 'canary', $platform, $account_id, 'canary-leaver-follower', 'follower');
