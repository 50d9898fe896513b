"""What is asked of the cases of a published copy: by their reference, and as evidence against attestations."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from policies.attestations import CounterEvidence
from policies.decisions import Ground

# One row per run and kind of finding that nobody calls mistaken now, and nobody allowed at the time.
_FOUND = """
select distinct
    runs.as_of,
    exceptions.check_id,
    exceptions.check_title,
    exceptions.platform,
    exceptions.concerns,
    exceptions.evidence
from published.exceptions as exceptions
inner join published.runs as runs on exceptions.run_id = runs.run_id
where
    exceptions.is_seen_this_run
    and exceptions.is_open
    and exceptions.fingerprint not in (
        select fingerprint
        from (
            select fingerprint, decision
            from published.exceptions
            qualify row_number() over (partition by fingerprint order by run_id desc) = 1
        )
        where decision = 'mistaken'
    )
order by runs.as_of, exceptions.check_id
"""


def counter_evidence(db: duckdb.DuckDBPyConnection) -> tuple[CounterEvidence, ...]:
    """Return what each check found on which day, the oldest first; of a warehouse or a published copy."""
    return tuple(CounterEvidence(*row) for row in db.execute(_FOUND).fetchall())


_IN_NEWEST_RUN = """
select
    fingerprint,
    any_value(check_id),
    run_id,
    any_value(concerns),
    any_value(subject_kind),
    bool_or(is_open),
    any_value(owner_role),
    any_value(about),
    any_value(evidence)
from (
    select run_id, fingerprint, check_id, concerns, subject_kind, is_open, owner_role, about, evidence
    from published.exceptions
    where stands
    union all
    select run_id, fingerprint, check_id, concerns, subject_kind, true, '', about, '{}'
    from published.unread_texts
)
where starts_with(fingerprint, ?) and run_id = (select max(run_id) from published.runs)
group by fingerprint, run_id
order by fingerprint
"""

_IN_ANY_RUN = """
select distinct fingerprint, check_id from (
    select fingerprint, check_id from published.exceptions
    union all
    select fingerprint, check_id from published.unread_texts
)
where starts_with(fingerprint, ?)
order by fingerprint
"""
_FINISHED = "select run_id, epoch_ms(finished_at) from published.runs where finished_at is not null order by run_id"


@dataclass(frozen=True, slots=True)
class CaseOfRun:
    """An exception that stands in a run, or a text that waits to be read, by what a decision about it has to know."""

    fingerprint: str
    check_id: str
    run_id: str
    concerns: str
    subject_kind: str
    is_open: bool
    owner_role: str
    about: str | None
    shows: frozenset[Ground]


_SIDES = """
select distinct previews.side
from desk.previews as previews
inner join desk.pictures as pictures on previews.picture = pictures.picture
where previews.fingerprint = ? and (previews.expires_on is null or previews.expires_on >= ?)
"""
_GROUNDS: Mapping[str, Ground] = {"posted": "picture", "approved": "comparison"}


# In a case of several roles each is whose account it is likely to be, and no namesake of one of them. Of one of several
# alike none is likely alone: they are the likeliest of their role. Whom a page is about is never whose account it is.
_WHOM = """
with asked as (
    select
        run_id,
        platform,
        coalesce(json_extract_string(evidence, '$.actor'), subject_id) as actor_id,
        check_id = 'lookalike_account' as is_page,
        if(check_id = 'leaver_follower', 'leaver', concerns) as role,
        concerns = 'pupil' as is_child
    from published.exceptions
    where fingerprint = $fingerprint and run_id = (select max(run_id) from published.runs)
),

given as (
    select
        matches.person_id,
        max(matches.role = asked.role) as is_of_role,
        max(matches.role = asked.role or (asked.is_child and matches.role in ('pupil', 'leaver'))) as is_fitting,
        max(matches.is_best and matches.band in ('declared', 'likely')) as is_likely,
        max(matches.is_best) as is_best,
        max(matches.probability) as probability
    from published.matches as matches
    inner join asked using (run_id, platform, actor_id)
    where if(asked.is_page, matches.band = 'about' and matches.role = 'pupil', matches.band != 'about')
    group by matches.person_id
)

select person_id
from given
order by
    is_fitting and is_likely desc,
    is_likely and (select bool_or(is_fitting and is_likely) from given) desc,
    is_fitting desc, is_of_role desc, is_likely desc, is_best desc, probability desc, person_id
limit $most
"""


def persons_of(subject_kind: str, evidence: str, about: str | None) -> tuple[str, ...]:
    """Return a mark for each person of the registers whom a case about an account is about; none where it is of nobody.

    It is a hash, or the roll id where the evidence gives that, once it is confirmed.
    """
    shown, kept = json.loads(evidence), json.loads(about or "{}")
    if subject_kind != "actor" or not isinstance(shown, dict):
        return ()
    ids = str(shown.get("roll_id") or "").replace(",", " ")
    return tuple((ids or str(kept.get("person") or "")).split())


def whom_of(copy: duckdb.DuckDBPyConnection, fingerprint: str, persons: Sequence[str]) -> tuple[str, ...]:
    """Return the roll ids of as many people as the case of the newest run is about, the likeliest first.

    None where fewer are known: one of two alone would be taken for whose it is.
    """
    rows = copy.execute(_WHOM, {"fingerprint": fingerprint, "most": len(persons)}).fetchall()
    return tuple(person_id for (person_id,) in rows) if len(rows) == len(persons) else ()


def shows(copy: duckdb.DuckDBPyConnection, fingerprint: str, persons: Sequence[str], *, on: date) -> frozenset[Ground]:
    """Return what there is to be shown of a case of the published copy on a day, beside the case itself."""
    sides = copy.execute(_SIDES, [fingerprint, on]).fetchall()
    named: frozenset[Ground] = frozenset({"name"} if persons else ())
    return named | {_GROUNDS[side] for (side,) in sides}


def in_newest_run(copy: duckdb.DuckDBPyConnection, reference: str, *, on: date) -> list[CaseOfRun]:
    """Return what begins with this reference in the newest run: exceptions that stand, and texts to be read.

    What there is to be shown of each is said as of the day `on`.
    """
    rows = copy.execute(_IN_NEWEST_RUN, [reference]).fetchall()
    return [CaseOfRun(*(*row[:-1], shows(copy, row[0], persons_of(row[4], row[8], row[7]), on=on))) for row in rows]


def in_any_run(copy: duckdb.DuckDBPyConnection, reference: str) -> list[tuple[str, str]]:
    """Return fingerprint and check of every case of the published copy that begins with this reference."""
    return copy.execute(_IN_ANY_RUN, [reference]).fetchall()


def about(copy: duckdb.DuckDBPyConnection, fingerprint: str) -> str | None:
    """Return what a case was about in the newest run that has it, as a decision keeps it; None where none has it."""
    row = copy.execute(
        "select max_by(about, run_id) from (select fingerprint, run_id, about from published.exceptions union all "
        "select fingerprint, run_id, about from published.unread_texts) where fingerprint = ?",
        [fingerprint],
    ).fetchone()
    return row[0] if row else None


def finished_runs(copy: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    """Return when each published run ended, in UTC."""
    rows = copy.execute(_FINISHED).fetchall()
    return {run_id: datetime.fromtimestamp(milliseconds / 1000, UTC) for run_id, milliseconds in rows}
