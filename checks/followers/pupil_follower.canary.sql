-- An invented pupil, and an account that a register declares, that bears the name and gives the year.
insert into raw.people by name
from canary_person(
    'pupils',
    'canary-pupil',
    'Planterly',
    year_group := '8',
    actor_id := 'canary-pupil-account'
);

insert into raw.profiles by name
from canary_profile('canary-pupil-account', 'canary_pupil', 'Drillwyn Planterly', bio := 'Year 8');

insert into raw.follows by name
from canary_follow('canary-pupil-account');
