"""Reads what a run saw and judged of the subjects that exceptions are about, once for all of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import duckdb

from engines.roll_ids import fold_roll_id
from warehouse.exceptions.observed_subjects import Actor, Key, Listed, ObservedSubjects, SubjectStanding, people_of
from warehouse.exceptions.outcomes import Judged
from warehouse.questions import question

_ABOUT_PEOPLE = (
    "select distinct evidence from outcome.exceptions where json_extract_string(evidence, '$.roll_id') != ''"
)


# A large school has hundreds of thousands of subjects, and a few hundred exceptions.
_ASKED = f"""
$found is null or subject_id in (
    select unnest($found::varchar[])
    union all
    select subject_id from outcome.exceptions
    union all
    select newest from ({question("edited_posts")})
)
"""


def observe_subjects(
    db: duckdb.DuckDBPyConnection, judged: Sequence[Judged], found: Collection[str] | None = None
) -> ObservedSubjects:
    """Read what the run at hand saw and judged.

    `found` are the ids of the subjects of all that this run found: beside those of earlier exceptions, no others are
    read. None reads every subject.
    """
    asked = {"found": None if found is None else sorted(found)}
    subjects = db.execute(
        "select coverage, platform, account_id, subject_id, is_met, is_ended, ended_by, is_suspended, is_left_out, "
        f"posted_on, members, standing_members from core.subjects where {_ASKED}",
        asked,
    ).fetchall()
    links = db.execute("select platform, actor_id, person_id from core.matches").fetchall()
    lost = db.execute("select person_id from core.lost_people").fetchall()
    today = max((day for (day,) in db.execute("select as_of from core.audit").fetchall()), default=date.min)
    places: defaultdict[tuple[str, str, str], list[Judged]] = defaultdict(list)
    for place in judged:
        places[place.check_id, place.platform, place.account_id].append(place)
    return ObservedSubjects(
        judged=places,
        subjects={(row[0], row[1], row[2], row[3]): SubjectStanding(*row[4:]) for row in subjects},
        seen=_keys(db, "seen", asked),
        unjudged=_keys(db, "unjudged", asked),
        faces=_faces(db),
        links=frozenset((platform, actor, fold_roll_id(person)) for platform, actor, person in links),
        partners=_partners(db),
        edited={(row[0], row[1], row[2]): row[3] for row in db.execute(question("edited_posts")).fetchall()},
        lost=frozenset(fold_roll_id(person) for (person,) in lost),
        listed=_listed(db, today),
        today=today,
    )


def _listed(db: duckdb.DuckDBPyConnection, today: date) -> dict[str, list[Listed]]:
    """Return what the registers of each run said of the people whom exceptions are about, the oldest first."""
    about = {one for (said,) in db.execute(_ABOUT_PEOPLE).fetchall() for one in people_of({"evidence": said})}
    asked = {"people": sorted(about), "today": today}
    listed: defaultdict[str, list[Listed]] = defaultdict(list)
    rows = db.execute(question("people_on_registers"), asked).fetchall() if about else ()
    for person, day, registers, names, accounts in rows:
        declared = frozenset(account for account in accounts if account)
        listed[person].append(Listed(day, frozenset(registers), " ".join(sorted({*names.split()})), declared))
    return listed


def _keys(db: duckdb.DuckDBPyConnection, how: str, asked: Mapping[str, list[str] | None]) -> frozenset[Key]:
    sql = f"select coverage, platform, account_id, subject_id from core.{how}_subjects where {_ASKED}"
    return frozenset(db.execute(sql, asked).fetchall())


def _faces(db: duckdb.DuckDBPyConnection) -> dict[Actor, list[tuple[date, str]]]:
    """Return what each account of others that an exception is about showed, by day, the oldest first."""
    faces: defaultdict[Actor, list[tuple[date, str]]] = defaultdict(list)
    for platform, actor, day, face in db.execute(question("shown_faces")).fetchall():
        faces[platform, actor].append((day, face))
    return faces


def _partners(db: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], frozenset[str]]:
    rows = db.execute(
        "select platform, account_id, post_id, list(distinct actor_id) from core.interactions "
        "where actor_id is not null group by all"
    ).fetchall()
    return {(platform, account, post): frozenset(actors) for platform, account, post, actors in rows}
