-- Invented posts of the last four weeks with pictures that no text describes; beside them one that is described, one of
-- long ago, a film and a repost.
insert into raw.posts by name
from canary_posts([['canary-alt-text-new', 'Drill']], posted_at := canary_day());

insert into raw.posts by name
from canary_posts([['canary-alt-text-older', 'Drill']], posted_at := canary_day() - to_days(27) + to_hours(12));

insert into raw.posts by name
from canary_posts([['canary-alt-text-old', 'Drill']], posted_at := canary_day() - to_days(29));

insert into raw.posts by name
from canary_posts([['canary-alt-text-reply', 'Drill']], kind := 'reply', posted_at := canary_day());

insert into raw.posts by name
from canary_posts([['canary-alt-text-quote', 'Drill']], kind := 'quote', posted_at := canary_day());

insert into raw.posts by name
from canary_posts([['canary-alt-text-repost', 'Drill']], kind := 'repost', posted_at := canary_day());

insert into raw.media by name
from canary_media(
    [
        ['canary-alt-text-new', 'canary-alt-text-picture-new'],
        ['canary-alt-text-older', 'canary-alt-text-picture-older'],
        ['canary-alt-text-old', 'canary-alt-text-picture-old'],
        ['canary-alt-text-reply', 'canary-alt-text-picture-reply'],
        ['canary-alt-text-quote', 'canary-alt-text-picture-quote'],
        ['canary-alt-text-repost', 'canary-alt-text-picture-repost']
    ]
);

insert into raw.media by name
from canary_media([['canary-alt-text-new', 'canary-alt-text-blank']], alt_text := ' ');

insert into raw.media by name
from canary_media([['canary-alt-text-new', 'canary-alt-text-described']], alt_text := 'Drill');

insert into raw.media by name
from canary_media([['canary-alt-text-new', 'canary-alt-text-animation']], kind := 'animated_gif');

insert into raw.media by name
from canary_media([['canary-alt-text-new', 'canary-alt-text-film']], kind := 'video');
