-- Every official account that was pulled in this run showed its own profile.
select
    listings.platform,
    count(profiles.account_id) as profiles_seen
from core.listings as listings
left join raw.profiles as profiles
    on
        listings.platform = profiles.platform
        and listings.account_id = profiles.account_id
        and profiles.run_id = (select run_id from core.audit)
group by listings.platform, listings.account_id
