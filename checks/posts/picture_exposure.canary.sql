-- Invented pictures that are easy to misuse: by a face, by a name beside them, by a place in the file, and by their
-- size.
insert into raw.posts by name
from canary_posts(
    [
        ['canary-picture-exposure-post', 'Drill'],
        ['canary-picture-exposure-named', 'A prize for Drillmere Facewell of Year 6.']
    ]
);

insert into raw.people by name
from canary_people(
    'pupils',
    [['canary-picture-exposure', 'Facewell', null]],
    given_names := 'Drillmere',
    year_group := '6'
);

insert into raw.media by name
from canary_media(
    [
        ['canary-picture-exposure-post', 'canary-picture-exposure-face'],
        ['canary-picture-exposure-post', 'canary-picture-exposure-far'],
        ['canary-picture-exposure-post', 'canary-picture-exposure-position'],
        ['canary-picture-exposure-named', 'canary-picture-exposure-name']
    ],
    width := 800,
    height := 600
);

insert into raw.media by name
from canary_media(
    [
        ['canary-picture-exposure-post', 'canary-picture-exposure-size'],
        ['canary-picture-exposure-post', 'canary-picture-exposure-landscape'],
        ['canary-picture-exposure-named', 'canary-picture-exposure-both']
    ],
    width := 600,
    height := 4000
);

insert into canary_sight by name
from canary_seen(
    [['canary-picture-exposure-post', 'canary-picture-exposure-face', 'approved', null]],
    people := 'yes',
    face_share := 0.25
);

insert into canary_sight by name
from canary_seen(
    [['canary-picture-exposure-post', 'canary-picture-exposure-far', 'approved', null]],
    people := 'yes',
    face_share := 0.24
);

insert into canary_sight by name
from canary_seen(
    [['canary-picture-exposure-post', 'canary-picture-exposure-position', 'approved', null]],
    people := 'no',
    has_position := true
);

insert into canary_sight by name
from canary_seen([['canary-picture-exposure-post', 'canary-picture-exposure-size', 'approved', null]], people := 'yes');

insert into canary_sight by name
from canary_seen(
    [['canary-picture-exposure-post', 'canary-picture-exposure-landscape', 'approved', null]],
    people := 'no'
);
