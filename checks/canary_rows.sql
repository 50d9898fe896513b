-- The rows that canaries are made of: each macro gives one row of a raw table, in its own column names.
-- `canary_place` is the run and the official account that the canary is set on.
-- A parameter must be named again as a column, or the column is named after the value.
-- noqa: disable=AL09
create temp macro if not exists canary_post(post_id, words, posted_at := null, answers := null) as table
    select
        run_id,
        'canary' as source,
        platform,
        account_id,
        post_id as post_id,
        post_id as first_version_id,
        if(answers is null, post_kind, 'reply') as kind,
        posted_at::timestamptz as posted_at,
        if(is_video, 'Drill', null) as title,
        words as text,
        'public' as visibility,
        answers as in_reply_to_actor_id
    from canary_place;

create temp macro if not exists canary_medium(post_id, medium_id, width := null, height := null) as table
    select
        run_id,
        'canary' as source,
        platform,
        account_id,
        post_id as post_id,
        medium_id as medium_id,
        picture_kind as kind,
        'canary' as url,
        width as width,
        height as height
    from canary_place;

create temp macro if not exists canary_medium_file(medium_id, body, content_type, side) as table
    select
        run_id,
        'canary' as source,
        platform,
        medium_id as medium_id,
        'canary' as url,
        from_base64(body) as body,
        content_type as content_type,
        side as width,
        side as height
    from canary_place;

create temp macro if not exists canary_person(
    register,
    person_id,
    surname,
    given_names := 'Drillwyn',
    year_group := null,
    job_title := null,
    date_of_birth := null,
    actor_id := null
) as table
    select
        run_id,
        'canary' as source,
        register as register,
        person_id as person_id,
        given_names as given_names,
        surname as surname,
        year_group as year_group,
        job_title as job_title,
        date_of_birth::date as date_of_birth,
        case platform when 'x' then actor_id end as x_account,
        case platform when 'youtube' then actor_id end as youtube_account
    from canary_place;

create temp macro if not exists canary_profile(
    actor_id, handle, display_name, bio := null, is_protected := null
) as table
    select
        run_id,
        'canary' as source,
        platform,
        actor_id as account_id,
        handle as handle,
        display_name as display_name,
        bio as bio,
        is_protected::boolean as is_protected,
        false as counts_are_rounded
    from canary_place;

create temp macro if not exists canary_follow(actor_id, direction := 'follower') as table
    select
        run_id,
        'canary' as source,
        platform,
        account_id,
        actor_id as actor_id,
        direction as direction
    from canary_place;

create temp macro if not exists canary_comment(comment_id, actor_id, words) as table
    select
        run_id,
        'canary' as source,
        platform,
        account_id,
        comment_id as comment_id,
        actor_id as actor_id,
        comment_kind as kind,
        words as text
    from canary_place;
