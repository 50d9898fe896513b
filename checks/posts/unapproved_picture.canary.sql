-- An invented post with a drawing that no register holds: on X a photograph, on YouTube the thumbnail of a new video.
insert into raw.posts by name
from canary_post('canary-post', 'Drill');

insert into raw.media by name
from canary_medium('canary-post', 'canary-picture');

insert into raw.medium_files by name
from canary_medium_file(
    'canary-picture',
    'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAHElEQVR42mP8zwABTAwUMhip'
    || 'ZM5gY/wfDR88DADu3AKA6VTR6wAAAABJRU5ErkJggg==',
    'image/png',
    64
);
