select
    a.platform,
    a.account_id,
    a.reads,
    p.picture_url,
    'profile:' || a.account_id as medium_id,
    if(f.body is null, null, f.rowid) as file_id,
    f.problem,
    if(f.run_id is null, v.is_shown, null) as is_shown
from raw.official_accounts as a
left join (select
    platform,
    account_id,
    min_by(picture_url, source) as picture_url
from raw.profiles
where run_id = $run_id
group by all) as p on a.platform = p.platform and a.account_id = p.account_id
left join
    raw.medium_files as f
    on f.run_id = $run_id and a.platform = f.platform and f.medium_id = 'profile:' || a.account_id
left join raw.profile_pictures as v on v.run_id = $run_id and a.platform = v.platform and a.account_id = v.account_id
where a.run_id = $run_id
order by a.platform, a.account_id
