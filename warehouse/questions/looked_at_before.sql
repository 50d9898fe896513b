-- A look that judged nothing, as where a source failed or a register was missing, is none.
select
    check_id,
    platform,
    account_id
from outcome.account_coverage
inner join raw.runs using (run_id)
where published_at is not null and as_of < $as_of and judged > 0
union
select
    check_id,
    platform,
    account_id
from outcome.exceptions
inner join raw.runs using (run_id)
where published_at is not null and as_of < $as_of
