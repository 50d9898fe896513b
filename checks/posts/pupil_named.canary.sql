-- An invented post that names an invented pupil in full.
insert into raw.posts by name
from canary_post('canary-pupil-named', 'Well done to Drillmere Postworthy of Year 6.');

insert into raw.people by name
from canary_person(
    'pupils',
    'canary-pupil-named-row',
    'Postworthy',
    given_names := 'Drillmere',
    year_group := '6'
);
