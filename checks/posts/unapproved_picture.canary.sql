-- An invented drawing that no register holds, and pictures and videos of which it is said that no approval covers them;
-- beside them those that one does cover, one that did not come, and a private video.
insert into raw.photographs by name
from canary_photographs([['canary-picture-standing', 'canary-picture-video-standing']]);

insert into raw.photographs by name
from canary_photographs([['canary-picture-ended', 'canary-picture-video-ended']], consent := 'withdrawn');

insert into raw.photographs by name
from canary_photographs([['canary-picture-elsewhere', 'canary-picture-video-elsewhere']], channels := 'website');

insert into raw.posts by name
from canary_posts([['canary-picture-post', 'Drill']]);

insert into raw.media by name
from canary_media(
    [
        ['canary-picture-post', 'canary-picture'],
        ['canary-picture-post', 'canary-picture-approved'],
        ['canary-picture-post', 'canary-picture-altered'],
        ['canary-picture-post', 'canary-picture-unreadable'],
        ['canary-picture-post', 'canary-picture-not-fetched'],
        ['canary-picture-post', 'canary-picture-over'],
        ['canary-picture-post', 'canary-picture-other-channel']
    ]
);

insert into raw.media by name
from canary_media([['canary-picture-post', 'canary-picture-animation']], kind := 'animated_gif');

insert into raw.media by name
from canary_media([['canary-picture-post', 'canary-picture-shorts']], kind := 'shorts_thumbnail');

insert into raw.medium_files by name
from canary_medium_file(
    'canary-picture',
    'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAHElEQVR42mP8zwABTAwUMhip'
    || 'ZM5gY/wfDR88DADu3AKA6VTR6wAAAABJRU5ErkJggg==',
    'image/png',
    64
);

insert into raw.comments by name
from canary_comments(
    [
        ['canary-picture-comment', 'canary-picture-writer', 'Drill'],
        ['canary-picture-comment-approved', 'canary-picture-writer', 'Drill']
    ],
    picture_url := 'canary'
);

insert into canary_sight by name
from canary_seen(
    [
        ['canary-picture-post', 'canary-picture-approved', 'approved', 'canary-picture-standing'],
        ['canary-picture-post', 'canary-picture-altered', 'altered', 'canary-picture-standing'],
        ['canary-picture-post', 'canary-picture-unreadable', 'unreadable', null],
        ['canary-picture-post', 'canary-picture-over', 'unapproved', 'canary-picture-ended'],
        ['canary-picture-post', 'canary-picture-other-channel', 'unapproved', 'canary-picture-elsewhere'],
        ['canary-picture-post', 'canary-picture-animation', 'unapproved', null],
        ['canary-picture-post', 'canary-picture-shorts', 'unapproved', null],
        ['canary-picture-comment', 'canary-picture-comment/picture', 'unapproved', null],
        [
            'canary-picture-comment-approved',
            'canary-picture-comment-approved/picture',
            'approved',
            'canary-picture-standing'
        ]
    ]
);

insert into raw.posts by name
from canary_posts(
    [
        ['canary-picture-video', 'Drill'],
        ['canary-picture-video-standing', 'Drill'],
        ['canary-picture-video-ended', 'Drill'],
        ['canary-picture-video-elsewhere', 'Drill']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-picture-video-unlisted', 'Drill']], visibility := 'unlisted');

insert into raw.posts by name
from canary_posts([['canary-picture-video-private', 'Drill']], visibility := 'private');
