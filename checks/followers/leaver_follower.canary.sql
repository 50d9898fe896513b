-- An invented former pupil of five, and an account that a register declares, and that bears the name and says so.
insert into raw.people by name
from canary_person(
    'leavers',
    'canary-leaver-follower-person',
    'Leaverly',
    date_of_birth := (
        select as_of - to_years(5)
        from raw.runs
        where run_id = $run_id
    ),
    actor_id := 'canary-leaver-follower'
);

insert into raw.profiles by name
from canary_profile(
    'canary-leaver-follower',
    'canary_leaver',
    'Drillwyn Leaverly',
    bio := (
        select 'Once at ' || school_name
        from raw.runs
        where run_id = $run_id
    )
);

insert into raw.follows by name
from canary_follow('canary-leaver-follower');
