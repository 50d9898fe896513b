-- An account that every register of people declares, that bears an invented pupil's name, and that the school answers.
insert into raw.people by name
from canary_person(
    'pupils',
    'drill-official-interaction-1',
    'Likewick',
    year_group := '8',
    actor_id := 'drill-official-interaction-account'
);

insert into raw.people by name
from canary_person(
    'leavers',
    'drill-official-interaction-2',
    'Quoterly',
    actor_id := 'drill-official-interaction-account'
);

insert into raw.people by name
from canary_person(
    'parents',
    'drill-official-interaction-3',
    'Answerly',
    actor_id := 'drill-official-interaction-account'
);

insert into raw.people by name
from canary_person(
    'staff',
    'drill-official-interaction-4',
    'Favourly',
    actor_id := 'drill-official-interaction-account'
);

insert into raw.people by name
from canary_person(
    'governors',
    'drill-official-interaction-5',
    'Approverly',
    actor_id := 'drill-official-interaction-account'
);

insert into raw.profiles by name
from canary_profile(
    'drill-official-interaction-account',
    'drill_answered',
    'Drillwyn Likewick',
    bio := 'Year 8'
);

insert into raw.posts by name
from canary_post(
    'drill-official-interaction-post',
    'Drill',
    answers := 'drill-official-interaction-account'
);
