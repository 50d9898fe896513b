-- How each walk of the run at hand ended.
select
    walks.platform,
    walks.account_id,
    walks.walk,
    walks.rows,
    walks.platform_count,
    walks.is_whole,
    walks.stopped
from raw.walks as walks
inner join core.audit on walks.run_id = audit.run_id
