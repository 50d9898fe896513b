-- An invented post with a very large photograph, and an invented pupil named in full beside it; no face is needed.
insert into raw.posts by name
from canary_post('canary-picture-exposure-post', 'A prize for Drillmere Facewell of Year 6.');

insert into raw.media by name
from canary_medium(
    'canary-picture-exposure-post',
    'canary-picture-exposure',
    width := 6000,
    height := 4000
);

insert into raw.people by name
from canary_person(
    'pupils',
    'canary-picture-exposure-row',
    'Facewell',
    given_names := 'Drillmere',
    year_group := '6'
);
