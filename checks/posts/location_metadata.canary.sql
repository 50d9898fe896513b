-- An invented post with a grey square whose file says that it was taken where the equator meets the prime meridian, an
-- animation and a master of which the same is said, and pictures that say nothing.
insert into raw.posts by name
from canary_posts([['canary-location-metadata-post', 'Drill']]);

insert into raw.media by name
from canary_media(
    [
        ['canary-location-metadata-post', 'canary-location-metadata'],
        ['canary-location-metadata-post', 'canary-location-metadata-silent']
    ]
);

insert into raw.media by name
from canary_media([['canary-location-metadata-post', 'canary-location-metadata-animation']], kind := 'animated_gif');

insert into raw.media by name
from canary_media([['canary-location-metadata-post', 'canary-location-metadata-shorts']], kind := 'shorts_thumbnail');

insert into raw.medium_files by name
from canary_medium_file(
    'canary-location-metadata',
    'UklGRr4AAABXRUJQVlA4WAoAAAAIAAAABwAABwAAVlA4IBgAAAAwAQCdASoIAAgAAUAmJaQAA3AA'
    || '/v02aABFWElGgAAAAE1NACoAAAAIAAGIJQAEAAAAAQAAABoAAAAAAAQAAQACAAAAAk4AAAAAAgAF'
    || 'AAAAAwAAAFAAAwACAAAAAkUAAAAABAAFAAAAAwAAAGgAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAA'
    || 'AAABAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAAB',
    'image/webp',
    8
);

insert into canary_sight by name
from canary_seen(
    [
        ['canary-location-metadata-post', 'canary-location-metadata-animation', 'approved', null],
        ['canary-location-metadata-post', 'canary-location-metadata-shorts', 'approved', null]
    ],
    has_position := true
);

insert into canary_sight by name
from canary_seen([['canary-location-metadata-post', 'canary-location-metadata-silent', 'approved', null]]);

insert into canary_master (photograph_id, has_position)
values ('canary-location-metadata-master', true), ('canary-location-metadata-master-silent', false);
