-- Four invented people of one name, one on each register, who all declare the account; it shows the pupil's year.
insert into raw.people (run_id, source, register, person_id, given_names, surname, year_group, x_account)
select
    $run_id as run_id,
    'canary' as source,
    registers.register,
    'canary-following-person-' || registers.register as person_id,
    'Drillwyn' as given_names,
    'Followly' as surname,
    case registers.register when 'pupils' then '8' end as year_group,
    'canary-following-person' as x_account
from (values ('pupils'), ('leavers'), ('parents'), ('staff')) as registers (register);

insert into raw.profiles (run_id, source, platform, account_id, handle, display_name, bio, counts_are_rounded)
values (
    $run_id,
    'canary',
    $platform,
    'canary-following-person',
    'canary_followed',
    'Drillwyn Followly',
    'Year 8',
    false
);

insert into raw.follows (run_id, source, platform, account_id, actor_id, direction)
values ($run_id, 'canary', $platform, $account_id, 'canary-following-person', 'following');
