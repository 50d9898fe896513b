-- What was seen of accounts' profile pictures beside the school's logo, in the run at hand.
select
    pictures.platform,
    pictures.account_id,
    pictures.is_shown,
    pictures.problem
from raw.profile_pictures as pictures
inner join core.audit on pictures.run_id = audit.run_id
