-- One row per official account that anybody may follow unasked.
select
    accounts.platform,
    accounts.account_id,
    accounts.account_id as subject_id,
    '@' || ltrim(accounts.handle, '@') || ' is open, so that nobody approves who follows it.' as reason,
    '@' || ltrim(accounts.handle, '@') as account,
    accounts.link
from core.official_accounts as accounts
inner join core.profiles as profiles using (platform, account_id)
where core.platform_has(accounts.platform, 'follower_approval') and not profiles.is_protected
order by accounts.platform, accounts.account_id
