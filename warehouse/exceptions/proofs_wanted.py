"""What to ask a platform for by id: the subjects of what is still open, and everything that runs saw standing.

A platform in a brown-out may have called something gone that stands: for two weeks it is asked again.
"""

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.exceptions.standing_members import STOOD


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One line, post or comment: `kind` as raw.proofs has it, `listing` the list that it stood in."""

    kind: str
    subject_id: str
    listing: str


@dataclass(frozen=True, slots=True)
class ToProve:
    """What to ask for where a list lacks it: the cases, and every other that stood, the last seen first."""

    cases: tuple[SubjectRow, ...]
    members: tuple[SubjectRow, ...]


_MEMBERS = f"""{STOOD}
select kind, subject_id, listing from stood
where gone_on is null
order by last_seen desc, kind, subject_id
"""

# The newest row of each case, and of each photograph in a take-down the newest that names it, where it is not gone.
# A picture is asked for by the post or the comment that carries it; a video is its own.
_CASES = f"""{STOOD},

case_rows as (
    select
        exceptions.fingerprint,
        exceptions.subject_id,
        exceptions.subject_kind,
        states.stands,
        exceptions.proof = 'asked' and states.as_of >= $before - interval 14 days as is_asked_again,
        states.as_of,
        case
            when
                exceptions.check_id in ('withdrawn_picture', 'unapproved_picture')
                and json_extract_string(exceptions.evidence, '$.ended') is not null
                then json_extract_string(exceptions.evidence, '$.photograph_id')
        end as photograph_id
    from outcome.exceptions as exceptions
    inner join outcome.exception_states as states
        on exceptions.run_id = states.run_id and exceptions.fingerprint = states.fingerprint
    where
        exceptions.platform = $platform
        and exceptions.account_id = $account
        and states.as_of < $before
        and states.is_published
),

ranked as (
    select
        *,
        row_number() over (partition by fingerprint order by as_of desc) = 1 as is_case,
        row_number() over (partition by fingerprint, photograph_id order by as_of desc) = 1 as is_newest
    from case_rows
),

standing as (
    select distinct
        subject_id,
        subject_kind,
        is_case
    from ranked
    where (stands and (is_case or (photograph_id is not null and is_newest))) or (is_case and is_asked_again)
),

ours as (
    select distinct posts.post_id from raw.posts as posts
    where posts.platform = $platform and posts.account_id = $account
),

carried as (
    select
        standing.is_case,
        'post' as kind,
        media.post_id as subject_id
    from standing
    inner join raw.media as media on standing.subject_id = media.medium_id
    where standing.subject_kind = 'medium' and media.platform = $platform and media.account_id = $account
    union
    select
        is_case,
        'comment' as kind,
        regexp_replace(subject_id, '/picture$', '') as subject_id
    from standing
    where
        subject_kind = 'medium'
        and core.platform_has($platform, 'comment_pictures')
        and ends_with(subject_id, '/picture')
    union
    select
        standing.is_case,
        'post' as kind,
        posts.subject_id
    from standing
    inner join posts on standing.subject_id = posts.subject_id
    where standing.subject_kind = 'medium'
    union
    select
        is_case,
        subject_kind as kind,
        subject_id
    from standing
    where subject_kind in ('post', 'comment')
)

select
    stood.kind,
    stood.subject_id,
    stood.listing
from stood
inner join standing on stood.actor_id = standing.subject_id
where
    standing.subject_kind = 'actor'
    and not (stood.kind = 'comment' and coalesce(stood.gone_on < $before - interval 14 days, false))
union
select
    carried.kind,
    carried.subject_id,
    coalesce(stood.listing, if(carried.kind = 'post', 'posts', 'comments')) as listing
from carried
left join stood on carried.kind = stood.kind and carried.subject_id = stood.subject_id
left join ours on carried.kind = 'post' and carried.subject_id = ours.post_id
where
    (carried.is_case or stood.gone_on is null)
    -- A post that the account only likes tells by standing nothing of the like.
    and (not core.platform_has($platform, 'likes') or carried.kind = 'comment' or ours.post_id is not null)
order by all
"""


def to_prove(db: duckdb.DuckDBPyConnection, platform: str, account_id: str, *, before: date) -> ToProve:
    """Return whom to ask for about one official account, as the runs before this day left it.

    An actor is asked for by the lines to the account and by the comments that the actor wrote. What is about a
    photograph, a policy, a register or an account is about nothing that a platform could be asked for.
    """
    values = {"platform": platform, "account": account_id, "before": before}
    return ToProve(
        cases=tuple(SubjectRow(*row) for row in db.execute(_CASES, values).fetchall()),
        members=tuple(SubjectRow(*row) for row in db.execute(_MEMBERS, values).fetchall()),
    )
