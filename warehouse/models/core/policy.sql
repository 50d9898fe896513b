-- The edition of the school's policy that its pack was made from, in the run at hand.
select
    policies.pack,
    policies.title,
    policies.edition,
    policies.adopted_on,
    policies.review_by
from raw.policies as policies
inner join core.audit on policies.run_id = audit.run_id
