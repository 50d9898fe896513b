-- Every official account that was pulled in this run showed its own profile.
select
    walks.platform,
    count(profiles.account_id) as profiles_seen
from core.walks as walks
left join raw.profiles as profiles
    on
        walks.platform = profiles.platform
        and walks.account_id = profiles.account_id
        and profiles.run_id = (select run_id from core.audit)
group by walks.platform, walks.account_id
