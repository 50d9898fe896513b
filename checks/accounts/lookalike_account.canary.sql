-- A follower on no register of accounts who bears the school's own name.
insert into raw.profiles by name
from canary_profile(
    'canary-lookalike-account',
    'canary_lookalike',
    (
        select school_name
        from raw.runs
        where run_id = $run_id
    )
);

insert into raw.follows by name
from canary_follow('canary-lookalike-account');
