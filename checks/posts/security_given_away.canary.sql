-- Invented posts that give away what keeps an invented school safe, in each part of a post and in a comment of its own;
-- beside them words that are like it, and what somebody else wrote under a post.
insert into raw.posts by name
from canary_posts(
    [
        ['canary-security-given-away-code', 'The side gate code is 4512.'],
        ['canary-security-given-away-password', 'Wi-Fi password: Drill2026'],
        ['canary-security-given-away-key', 'The hall key is under the mat.'],
        ['canary-security-given-away-alarm', 'The CCTV is not working this week.'],
        ['canary-security-given-away-empty', 'The school will be empty over half-term.'],
        ['canary-security-given-away-trip', 'Year 4 will be at Drillham Zoo on Thursday.'],
        ['canary-security-given-away-club', 'The code club meets on Tuesday.'],
        ['canary-security-given-away-advice', 'Never share your password with anybody.'],
        ['canary-security-given-away-stage', 'Key stage 2 sang beautifully.'],
        ['canary-security-given-away-drill', 'The fire alarm went off at ten.'],
        ['canary-security-given-away-closed', 'School is closed on Monday for INSET.'],
        ['canary-security-given-away-past', 'Year 4 went to Drillham Zoo on Thursday.'],
        ['canary-security-given-away-described', 'Drill'],
        ['canary-security-given-away-answered', 'Drill'],
        ['canary-security-given-away-answered-by-another', 'Drill']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-security-given-away-title', 'Drill']], title := 'The side gate code is 4512');

insert into raw.posts by name
select
    *,
    true as has_place
from canary_posts([['canary-security-given-away-placed', 'Drill']]);

insert into raw.media by name
from canary_media(
    [['canary-security-given-away-described', 'canary-security-given-away-picture']],
    alt_text := 'A poster: the side gate code is 4512'
);

insert into raw.comments by name
select
    * replace (account_id as actor_id),
    'canary-security-given-away-answered' as post_id
from canary_comments([['canary-security-given-away-answer', '', 'The side gate code is 4512.']]);

insert into raw.comments by name
select
    *,
    'canary-security-given-away-answered-by-another' as post_id
from canary_comments(
    [['canary-security-given-away-other', 'canary-security-given-away-writer', 'The side gate code is 4512.']]
);
