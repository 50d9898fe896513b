-- Invented pictures and videos of photographs whose approval has ended, each for a reason of its own; beside each one
-- whose approval stands.
insert into raw.people by name
from canary_people('pupils', [['canary-withdrawn-pupil', 'Shownly', null]], consent := 'withdrawn');

insert into raw.people by name
from canary_people('leavers', [['canary-withdrawn-leaver', 'Showborough', null]], left_on := canary_day());

insert into raw.photographs by name
from canary_photographs([['canary-withdrawn-consent-photo', 'canary-withdrawn-consent-video']], consent := 'withdrawn');

insert into raw.photographs by name
from canary_photographs([['canary-withdrawn-refused-photo', 'canary-withdrawn-refused-video']], consent := 'refused');

insert into raw.photographs by name
from canary_photographs(
    [['canary-withdrawn-objection-photo', 'canary-withdrawn-objection-video']],
    objection := 'A parent objects'
);

insert into raw.photographs by name
from canary_photographs(
    [['canary-withdrawn-expired-photo', 'canary-withdrawn-expired-video']],
    expires_on := canary_day() - 1
);

insert into raw.photographs by name
from canary_photographs(
    [['canary-withdrawn-left-photo', 'canary-withdrawn-left-video']],
    pupil_ids := 'canary-withdrawn-leaver-row'
);

insert into raw.photographs by name
from canary_photographs(
    [['canary-withdrawn-pupil-photo', 'canary-withdrawn-pupil-video']],
    pupil_ids := 'canary-withdrawn-pupil-row'
);

insert into raw.photographs by name
from canary_photographs([['canary-withdrawn-given-photo', 'canary-withdrawn-given-video']]);

insert into raw.photographs by name
from canary_photographs(
    [['canary-withdrawn-overruled-photo', 'canary-withdrawn-overruled-video']],
    objection := 'overruled'
);

insert into raw.photographs by name
from canary_photographs(
    [['canary-withdrawn-last-day-photo', 'canary-withdrawn-last-day-video']],
    expires_on := canary_day()
);

insert into raw.photographs by name
from canary_photographs(
    [['canary-withdrawn-task-photo', 'canary-withdrawn-task-video']],
    basis := 'public_task',
    pupil_ids := 'canary-withdrawn-leaver-row'
);

insert into raw.posts by name
from canary_posts(
    [
        ['canary-withdrawn-post', 'Drill'],
        ['canary-withdrawn-consent-video', 'Drill'],
        ['canary-withdrawn-refused-video', 'Drill'],
        ['canary-withdrawn-objection-video', 'Drill'],
        ['canary-withdrawn-expired-video', 'Drill'],
        ['canary-withdrawn-left-video', 'Drill'],
        ['canary-withdrawn-pupil-video', 'Drill'],
        ['canary-withdrawn-given-video', 'Drill'],
        ['canary-withdrawn-overruled-video', 'Drill'],
        ['canary-withdrawn-last-day-video', 'Drill'],
        ['canary-withdrawn-task-video', 'Drill']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-withdrawn-unlisted-video', 'Drill']], visibility := 'unlisted');

insert into raw.photographs by name
from canary_photographs(
    [['canary-withdrawn-unlisted-photo', 'canary-withdrawn-unlisted-video']],
    consent := 'withdrawn'
);

insert into raw.media by name
from canary_media(
    [
        ['canary-withdrawn-post', 'canary-withdrawn-consent'],
        ['canary-withdrawn-post', 'canary-withdrawn-refused'],
        ['canary-withdrawn-post', 'canary-withdrawn-objection'],
        ['canary-withdrawn-post', 'canary-withdrawn-expired'],
        ['canary-withdrawn-post', 'canary-withdrawn-left'],
        ['canary-withdrawn-post', 'canary-withdrawn-pupil'],
        ['canary-withdrawn-post', 'canary-withdrawn-given'],
        ['canary-withdrawn-post', 'canary-withdrawn-overruled'],
        ['canary-withdrawn-post', 'canary-withdrawn-last-day'],
        ['canary-withdrawn-post', 'canary-withdrawn-task']
    ]
);

insert into raw.comments by name
from canary_comments([['canary-withdrawn-comment', 'canary-withdrawn-writer', 'Drill']], picture_url := 'canary');

insert into canary_sight by name
from canary_seen(
    [
        ['canary-withdrawn-post', 'canary-withdrawn-consent', 'unapproved', 'canary-withdrawn-consent-photo'],
        ['canary-withdrawn-post', 'canary-withdrawn-refused', 'unapproved', 'canary-withdrawn-refused-photo'],
        ['canary-withdrawn-post', 'canary-withdrawn-objection', 'unapproved', 'canary-withdrawn-objection-photo'],
        ['canary-withdrawn-post', 'canary-withdrawn-expired', 'unapproved', 'canary-withdrawn-expired-photo'],
        ['canary-withdrawn-post', 'canary-withdrawn-left', 'unapproved', 'canary-withdrawn-left-photo'],
        ['canary-withdrawn-post', 'canary-withdrawn-pupil', 'unapproved', 'canary-withdrawn-pupil-photo'],
        ['canary-withdrawn-post', 'canary-withdrawn-given', 'unapproved', 'canary-withdrawn-given-photo'],
        ['canary-withdrawn-post', 'canary-withdrawn-overruled', 'unapproved', 'canary-withdrawn-overruled-photo'],
        ['canary-withdrawn-post', 'canary-withdrawn-last-day', 'unapproved', 'canary-withdrawn-last-day-photo'],
        ['canary-withdrawn-post', 'canary-withdrawn-task', 'unapproved', 'canary-withdrawn-task-photo'],
        ['canary-withdrawn-comment', 'canary-withdrawn-comment/picture', 'altered', 'canary-withdrawn-consent-photo']
    ]
);
