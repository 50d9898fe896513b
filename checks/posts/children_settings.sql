-- One row per video that stands whose settings differ from those that the policy asks for, or were not told.
with shown as (
    select
        platform,
        account_id,
        post_id,
        link,
        posted_on,
        case when is_made_for_kids then 'yes' when not is_made_for_kids then 'no' end as made_for_kids,
        -- YouTube counts the comments of a video only where people may comment.
        case when reply_count is null then 'off' else 'on' end as comments,
        case when is_embeddable then 'on' when not is_embeddable then 'off' end as embedding,
        visibility
    from core.posts
    where
        is_current
        and core.platform_has(platform, 'audience_settings')
        and kind = 'video'
),

compared as (
    select
        platform,
        account_id,
        post_id,
        link,
        posted_on,
        list_filter(
            [
                case when $made_for_kids not in ('any', made_for_kids) then 'made for kids is ' || made_for_kids end,
                case when $comments not in ('any', comments) then 'comments are ' || comments end,
                case when $embedding not in ('any', embedding) then 'embedding is ' || embedding end,
                case
                    when not list_contains(cast($visibility as varchar[]), visibility)
                        then 'visibility is ' || visibility
                end
            ],
            lambda setting: setting is not null
        ) as differing,
        list_filter(
            [
                case when $made_for_kids != 'any' and made_for_kids is null then 'made for kids' end,
                case when $embedding != 'any' and embedding is null then 'embedding' end,
                case when visibility is null then 'visibility' end
            ],
            lambda setting: setting is not null
        ) as untold
    from shown
)

select
    compared.platform,
    compared.account_id,
    compared.post_id as subject_id,
    concat_ws(
        ' ',
        case
            when len(compared.differing) > 0
                then 'A video by @' || ltrim(accounts.handle, '@') || ' is not set as the policy asks.'
        end,
        case
            when len(compared.untold) > 0
                then 'YouTube did not say how a video by @' || ltrim(accounts.handle, '@') || ' is set.'
        end
    ) as reason,
    compared.link,
    strftime(compared.posted_on, '%Y-%m-%d') as posted_on,
    nullif(array_to_string(compared.differing, '; '), '') as settings,
    nullif(array_to_string(compared.untold, '; '), '') as not_said
from compared
inner join core.official_accounts as accounts using (platform, account_id)
where len(compared.differing) > 0 or len(compared.untold) > 0
order by compared.platform, compared.account_id, compared.post_id
