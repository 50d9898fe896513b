-- The same figures for each official account.
select
    sight.run_id,
    sight.check_id,
    sight.platform,
    sight.account_id,
    accounts.handle as account_handle,
    sight.platform_count,
    sight.fetched,
    sight.judged,
    sight.is_whole,
    coalesce(sight.is_enough, sight.is_whole) as is_enough,
    sight.why,
    sight.what_to_do
from outcome.account_coverage as sight
left join raw.official_accounts as accounts using (run_id, platform, account_id)
