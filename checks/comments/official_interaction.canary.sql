-- An account that every register of people declares, that bears an invented pupil's name, and that the school answers.
insert into raw.people by name
from canary_person(
    'pupils',
    'canary-official-interaction-1',
    'Likewick',
    year_group := '8',
    actor_id := 'canary-official-interaction-account'
);

insert into raw.people by name
from canary_person(
    'leavers',
    'canary-official-interaction-2',
    'Quoterly',
    actor_id := 'canary-official-interaction-account'
);

insert into raw.people by name
from canary_person(
    'parents',
    'canary-official-interaction-3',
    'Answerly',
    actor_id := 'canary-official-interaction-account'
);

insert into raw.people by name
from canary_person(
    'staff',
    'canary-official-interaction-4',
    'Favourly',
    actor_id := 'canary-official-interaction-account'
);

insert into raw.people by name
from canary_person(
    'governors',
    'canary-official-interaction-5',
    'Approverly',
    actor_id := 'canary-official-interaction-account'
);

insert into raw.profiles by name
from canary_profile(
    'canary-official-interaction-account',
    'canary_answered',
    'Drillwyn Likewick',
    bio := 'Year 8'
);

insert into raw.posts by name
from canary_post(
    'canary-official-interaction-post',
    'Drill',
    answers := 'canary-official-interaction-account'
);
