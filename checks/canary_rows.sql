-- The rows that canaries are made of: each macro gives rows of a raw table, in its own column names, one for each list
-- of texts and each official account that `canary_place` holds.
-- A parameter must be named again as a column, or the column is named after the value.
-- noqa: disable=AL09,AL10,RF02,RF03,ST05
create or replace temp table canary_sight (
    platform text, account_id text, post_id text, medium_id text, verdict text, photograph_id text, why text,
    people text, face_share double, has_position boolean
);

create or replace temp table canary_master (photograph_id text, has_position boolean);

-- The run of the week before, in which stood what has gone since.
insert or ignore into raw.runs by name
select runs.* replace ('canary-before' as run_id, runs.as_of - 7 as as_of)
from raw.runs as runs
inner join core.audit using (run_id);

create temp macro if not exists canary_day() as (select as_of from core.audit);

-- accounts: id, handle
create temp macro if not exists canary_official(accounts) as table
    select
        run_id,
        platform,
        account[1] as account_id,
        account[2] as handle,
        'owned' as reads
    from canary_place
    cross join (select unnest(accounts) as account);

-- posts: id, words, whom it answers, whose it shows
create temp macro if not exists canary_posts(
    posts, kind := null, posted_at := null, visibility := 'public', title := null
) as table
    select
        canary_place.*,
        post[1] as post_id,
        post[1] as first_version_id,
        coalesce(kind, if(core.platform_has(platform, 'videos'), 'video', 'post')) as kind,
        posted_at::timestamptz as posted_at,
        coalesce(title, if(core.platform_has(platform, 'videos'), 'Drill', null)) as title,
        post[2] as text,
        visibility as visibility,
        post[3] as in_reply_to_actor_id,
        post[4] as refers_to_actor_id
    from canary_place
    cross join (select unnest(posts) as post);

-- media: post, id
create temp macro if not exists canary_media(
    media, kind := null, alt_text := null, width := null, height := null
) as table
    select
        canary_place.*,
        medium[1] as post_id,
        medium[2] as medium_id,
        coalesce(kind, if(core.platform_has(platform, 'videos'), 'thumbnail', 'photo')) as kind,
        'canary' as url,
        alt_text as alt_text,
        width as width,
        height as height
    from canary_place
    cross join (select unnest(media) as medium);

create temp macro if not exists canary_medium_file(medium_id, body, content_type, side) as table
    select
        run_id,
        source,
        platform,
        medium_id as medium_id,
        'canary' as url,
        from_base64(body) as body,
        content_type as content_type,
        side as width,
        side as height
    from canary_place;

-- What was seen in pictures, where no file is planted. pictures: post, id, verdict, photograph
create temp macro if not exists canary_seen(
    pictures, why := 'Canary.', people := null, face_share := null, has_position := false
) as table
    select
        platform,
        account_id,
        picture[1] as post_id,
        picture[2] as medium_id,
        picture[3] as verdict,
        picture[4] as photograph_id,
        why as why,
        people as people,
        face_share as face_share,
        has_position as has_position
    from canary_place
    cross join (select unnest(pictures) as picture);

-- people: id, surname, account
create temp macro if not exists canary_people(
    register,
    people,
    given_names := 'Drillwyn',
    year_group := null,
    job_title := null,
    date_of_birth := null,
    left_on := null,
    consent := null
) as table
    select distinct
        run_id,
        source,
        register as register,
        person[1] || '-row' as person_id,
        given_names as given_names,
        person[2] as surname,
        year_group as year_group,
        job_title as job_title,
        date_of_birth::date as date_of_birth,
        left_on::date as left_on,
        person[3] as x_account,
        person[3] as youtube_account,
        consent as picture_consent
    from canary_place
    cross join (select unnest(people) as person);

-- profiles: id, display name, bio
create temp macro if not exists canary_profiles(
    profiles, handle := null, is_protected := null, url := null, picture := null
) as table
    select
        run_id,
        source,
        platform,
        profile[1] as account_id,
        coalesce(handle, replace(profile[1], '-', '_')) as handle,
        profile[2] as display_name,
        profile[3] as bio,
        url as url,
        picture as picture_url,
        is_protected::boolean as is_protected,
        false as counts_are_rounded
    from canary_place
    cross join (select unnest(profiles) as profile);

create temp macro if not exists canary_follows(actors, direction := 'follower') as table
    select
        canary_place.*,
        unnest(actors) as actor_id,
        direction as direction
    from canary_place;

-- The same of the week before, of whom the platform says now that they do not follow any more.
create temp macro if not exists canary_followed(actors, direction := 'follower') as table
    select * replace ('canary-before' as run_id)
    from canary_follows(actors, direction := direction);

create temp macro if not exists canary_gone(subjects, kind := 'follower') as table
    select
        canary_place.*,
        kind as kind,
        unnest(subjects) as subject_id,
        'gone' as answer
    from canary_place;

-- comments: id, actor, words
create temp macro if not exists canary_comments(comments, kind := null, picture_url := null) as table
    select
        canary_place.*,
        comment[1] as comment_id,
        comment[2] as actor_id,
        coalesce(kind, if(core.platform_has(platform, 'mentions'), 'reply', 'comment')) as kind,
        comment[3] as text,
        picture_url as picture_url
    from canary_place
    cross join (select unnest(comments) as comment);

-- photographs: id, video
create temp macro if not exists canary_photographs(
    photographs,
    channels := 'x;youtube',
    consent := 'given',
    objection := null,
    expires_on := null,
    basis := 'consent',
    pupil_ids := null
) as table
    select distinct
        run_id,
        source,
        photograph[1] as photograph_id,
        photograph[2] as video_id,
        channels as channels,
        'Drill' as approved_by,
        consent as consent,
        objection as objection,
        expires_on::date as expires_on,
        basis as basis,
        pupil_ids as pupil_ids
    from canary_place
    cross join (select unnest(photographs) as photograph);
