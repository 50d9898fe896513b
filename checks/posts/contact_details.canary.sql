-- Invented posts with private contact details of every kind, in each part of a post and each kind of post; the numbers
-- are from the range that Ofcom keeps for drama. Beside them one without any, and one that was deleted.
insert into raw.posts by name
from canary_posts(
    [
        ['canary-contact-details-phone', 'Ring the class teacher at home on 07700 900123.'],
        ['canary-contact-details-mail', 'Write to m.drillwell@post.example about the trip.'],
        ['canary-contact-details-home', 'She lives at 14 Drill Lane, Drillham DR1 1LL.'],
        ['canary-contact-details-chat', 'Join our chat: https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv'],
        ['canary-contact-details-document', 'https://docs.google.com/document/d/1abcDEF/edit?usp=sharing'],
        ['canary-contact-details-meeting', 'Zoom: https://zoom.us/j/98765432101?pwd=abc'],
        ['canary-contact-details-private', 'Add my snap: drill_moth9'],
        ['canary-contact-details-handle', 'My insta is coachdrill_98'],
        ['canary-contact-details-score', 'Find me on whatsapp if you need me, you have my number.'],
        ['canary-contact-details-none', 'Year 6 learned the telephone alphabet: 26 words in 40 minutes.'],
        ['canary-contact-details-described', 'Drill']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-contact-details-title', 'Drill']], title := 'Ring 07700 900123');

insert into raw.posts by name
select
    *,
    'drill; Ring 07700 900123' as tags
from canary_posts([['canary-contact-details-tag', 'Drill']]);

insert into raw.media by name
from canary_media(
    [['canary-contact-details-described', 'canary-contact-details-picture']],
    alt_text := 'A poster that says 07700 900123'
);

insert into raw.posts by name
select
    *,
    posted_at as deleted_at
from canary_posts([['canary-contact-details-deleted', 'Ring 07700 900123']], posted_at := canary_day());

insert into raw.posts by name
from canary_posts([['canary-contact-details-reply', 'Ring 07700 900123']], kind := 'reply');

insert into raw.posts by name
from canary_posts([['canary-contact-details-quote', 'Ring 07700 900123']], kind := 'quote');

insert into raw.posts by name
from canary_posts([['canary-contact-details-repost', 'Ring 07700 900123']], kind := 'repost');
