-- Invented posts with the handles of invented teachers; beside them a parent's, a namesake's, and what is no handle.
insert into raw.people by name
from canary_people(
    'staff',
    [
        ['canary-staff-handle-shown-1', 'Handlerly', 'canary-handle-1'],
        ['canary-staff-handle-shown-2', 'Handleworthy', null],
        ['canary-staff-handle-shown-3', 'Handleham', '@canary_handle_unmet']
    ],
    job_title := 'Teacher of Drill'
);

insert into raw.people by name
from canary_people('parents', [['canary-staff-handle-shown-4', 'Handleborough', 'canary-handle-4']]);

insert into raw.profiles by name
from canary_profiles(
    [
        ['canary-handle-1', 'Moth Lantern', null],
        ['canary-handle-2', 'Drillwyn Handleworthy', 'Teacher of Drill at Drillhaven School'],
        ['canary-handle-3', 'Quenby Handleworthy', 'Teacher of Drill at Drillhaven School'],
        ['canary-handle-4', 'Owl Lantern', null]
    ]
);

insert into raw.follows by name
from canary_follows(['canary-handle-1', 'canary-handle-2', 'canary-handle-3', 'canary-handle-4']);

insert into raw.posts by name
from canary_posts(
    [
        ['canary-staff-handle-shown-declared', 'Thanks to @canary_handle_1 for the drill.'],
        ['canary-staff-handle-shown-by-name', 'Thanks to @canary_handle_2, as ever.'],
        ['canary-staff-handle-shown-namesake', 'Thanks to @canary_handle_3 for the drill.'],
        ['canary-staff-handle-shown-parent', 'Thanks to @canary_handle_4 for the drill.'],
        ['canary-staff-handle-shown-unmet', 'Thanks to @Canary_Handle_Unmet!'],
        ['canary-staff-handle-shown-mail', 'Write to drill@canary_handle_unmet'],
        ['canary-staff-handle-shown-described', 'Drill'],
        ['canary-staff-handle-shown-answered', 'Drill'],
        ['canary-staff-handle-shown-answered-by-another', 'Drill']
    ]
);

insert into raw.posts by name
from canary_posts([['canary-staff-handle-shown-title', 'Drill']], title := 'A drill with @canary_handle_1');

insert into raw.media by name
from canary_media(
    [['canary-staff-handle-shown-described', 'canary-staff-handle-shown-picture']],
    alt_text := 'A poster of @canary_handle_1'
);

insert into raw.comments by name
select
    * replace (account_id as actor_id),
    'canary-staff-handle-shown-answered' as post_id
from canary_comments([['canary-staff-handle-shown-answer', '', 'Thanks to @canary_handle_1']]);

insert into raw.comments by name
select
    *,
    'canary-staff-handle-shown-answered-by-another' as post_id
from canary_comments(
    [['canary-staff-handle-shown-other', 'canary-staff-handle-shown-writer', 'Thanks to @canary_handle_1']]
);
