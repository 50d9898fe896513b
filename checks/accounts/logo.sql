-- One row per official account whose profile picture was looked at, and in which the school's logo was not found.
select
    accounts.platform,
    accounts.account_id,
    accounts.account_id as subject_id,
    'The school''s logo was not found in the profile picture of @' || ltrim(accounts.handle, '@') || '.' as reason,
    '@' || ltrim(accounts.handle, '@') as account,
    split_part(profiles.picture_url, '=', 1) as picture, -- what follows on YouTube is the size
    accounts.link
from core.official_accounts as accounts
inner join core.profile_pictures as pictures using (platform, account_id)
left join core.profiles as profiles using (platform, account_id)
where not pictures.is_shown
order by accounts.platform, accounts.account_id
