-- Invented teachers who write to the school; beside them a namesake, a parent, and one who only follows.
insert into raw.people by name
from canary_people(
    'staff',
    [
        ['canary-personal-account-comment-declared', 'Remarkerly', 'canary-personal-account-comment-declared'],
        ['canary-personal-account-comment-reply', 'Remarkby', 'canary-personal-account-comment-reply'],
        ['canary-personal-account-comment-mention', 'Remarkham', 'canary-personal-account-comment-mention'],
        ['canary-personal-account-comment-quote', 'Remarkwick', 'canary-personal-account-comment-quote'],
        ['canary-personal-account-comment-by-name', 'Remarkworthy', null],
        ['canary-personal-account-comment-silent', 'Remarkton', 'canary-personal-account-comment-silent']
    ],
    job_title := 'Teacher of Drill'
);

insert into raw.people by name
from canary_people(
    'parents',
    [['canary-personal-account-comment-parent', 'Remarkborough', 'canary-personal-account-comment-parent']]
);

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-personal-account-comment-by-name', 'Drillwyn Remarkworthy', 'Teacher of Drill at Drillhaven School'],
        ['canary-personal-account-comment-namesake', 'Quenby Remarkworthy', 'Teacher of Drill at Drillhaven School']
    ]
);

insert into raw.comments by name
from canary_comments(
    [
        ['canary-personal-account-comment-comment-1', 'canary-personal-account-comment-declared', 'Drill'],
        ['canary-personal-account-comment-comment-2', 'canary-personal-account-comment-by-name', 'Drill'],
        ['canary-personal-account-comment-comment-3', 'canary-personal-account-comment-namesake', 'Drill'],
        ['canary-personal-account-comment-comment-4', 'canary-personal-account-comment-parent', 'Drill']
    ]
);

insert into raw.comments by name
from canary_comments(
    [['canary-personal-account-comment-comment-reply', 'canary-personal-account-comment-reply', 'Drill']],
    kind := 'reply'
);

insert into raw.comments by name
from canary_comments(
    [['canary-personal-account-comment-comment-mention', 'canary-personal-account-comment-mention', 'Drill']],
    kind := 'mention'
);

insert into raw.comments by name
from canary_comments(
    [['canary-personal-account-comment-comment-quote', 'canary-personal-account-comment-quote', 'Drill']],
    kind := 'quote'
);

insert into raw.follows by name
from canary_follows(['canary-personal-account-comment-silent']);
