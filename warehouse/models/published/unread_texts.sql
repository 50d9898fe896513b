-- Texts that may be what a check looks for, in each run, and that a person should read: no exceptions, no words.
select
    texts.run_id,
    texts.fingerprint,
    texts.check_id,
    coverage.check_title,
    texts.platform,
    texts.account_id,
    accounts.handle as account_handle,
    texts.subject_id,
    texts.subject_kind,
    texts.concerns,
    texts.link,
    texts.posted_on,
    texts.family,
    texts.score,
    texts.about
from outcome.unread_texts as texts
inner join outcome.coverage as coverage using (run_id, check_id)
left join published.official_accounts as accounts using (run_id, platform, account_id)
