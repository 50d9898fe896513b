-- Invented teachers who repost pictures of posts with a day and without one, and films; beside them a pupil, and one
-- who reposts words alone.
insert into raw.people by name
from canary_people(
    'staff',
    [
        ['canary-staff-repost-dated', 'Echoerly', 'canary-staff-repost-dated'],
        ['canary-staff-repost-undated', 'Echowick', 'canary-staff-repost-undated'],
        ['canary-staff-repost-film', 'Echoham', 'canary-staff-repost-film'],
        ['canary-staff-repost-words', 'Echoby', 'canary-staff-repost-words'],
        ['canary-staff-repost-by-name', 'Echoworthy', null]
    ],
    job_title := 'Teacher of Drill'
);

insert into raw.people by name
from canary_people('pupils', [['canary-staff-repost-pupil', 'Echoborough', 'canary-staff-repost-pupil']]);

insert into raw.profiles by name
from canary_profiles([['canary-staff-repost-by-name', 'Drillwyn Echoworthy', 'Teacher of Drill at Drillhaven School']]);

insert into raw.posts by name
from canary_posts([['canary-staff-repost-post-dated', 'Drill']], posted_at := canary_day() - to_days(3));

insert into raw.posts by name
from canary_posts(
    [
        ['canary-staff-repost-post-undated', 'Drill'],
        ['canary-staff-repost-post-film', 'Drill'],
        ['canary-staff-repost-post-words', 'Drill']
    ]
);

insert into raw.media by name
from canary_media(
    [
        ['canary-staff-repost-post-dated', 'canary-staff-repost-picture-1'],
        ['canary-staff-repost-post-undated', 'canary-staff-repost-picture-2']
    ]
);

insert into raw.media by name
from canary_media([['canary-staff-repost-post-film', 'canary-staff-repost-picture-3']], kind := 'video');

insert into raw.reposts by name
select
    canary_place.*,
    reposts.*
from canary_place
cross join (
    values
    ('canary-staff-repost-post-dated', 'canary-staff-repost-dated'),
    ('canary-staff-repost-post-dated', 'canary-staff-repost-by-name'),
    ('canary-staff-repost-post-dated', 'canary-staff-repost-pupil'),
    ('canary-staff-repost-post-undated', 'canary-staff-repost-undated'),
    ('canary-staff-repost-post-film', 'canary-staff-repost-film'),
    ('canary-staff-repost-post-words', 'canary-staff-repost-words')
) as reposts (post_id, actor_id);
