-- An invented post with a grey square whose file says that it was taken where the equator meets the prime meridian.
insert into raw.posts by name
from canary_post('canary-location-metadata-post', 'Drill');

insert into raw.media by name
from canary_medium('canary-location-metadata-post', 'canary-location-metadata');

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
