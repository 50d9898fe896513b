"""A published copy with every table that the warehouse publishes, and a process that answers questions to it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboards.ask.asking import TABLES
from dashboards.ask.messages import QuestionLimits
from dashboards.ask.process import AnsweringProcess, AskedQuestion
from tests.dashboards.copies import RUN, add
from warehouse.runs.publish import publish
from warehouse.store.build import build
from warehouse.store.migrate import migrate
from warehouse.store.open import attach, engine, opened

KEY = "k" * 48
PERSON, ACTOR, POST, PHOTOGRAPH, CASE = "R-1", "700001", "p-1", "P-1", "f" * 64
DRAWN: Mapping[str, tuple[dict[str, Any], ...]] = {
    "runs": ({},),
    "exceptions": (
        {"fingerprint": CASE, "subject_id": ACTOR, "subject_kind": "actor", "is_open": True},
        {"fingerprint": "e" * 64, "subject_id": POST, "subject_kind": "post", "evidence": '{"roll_id": "R-1"}'},
    ),
    "followers": (
        {
            "platform": "x",
            "account_id": "900100",
            "actor_id": ACTOR,
            "handle": "quiet_otter",
            "last_seen": "2026-11-16",
        },
        {"platform": "youtube", "account_id": "UC1", "actor_id": "UC9", "handle": "loud", "last_seen": "2026-10-01"},
    ),
    "matches": ({"platform": "x", "actor_id": ACTOR, "person_id": PERSON, "band": "likely", "is_best": True},),
    "posts": (
        {"platform": "x", "account_id": "900100", "post_id": POST, "text": "Sports day"},
        {"platform": "youtube", "account_id": "UC1", "post_id": "v1", "kind": "video", "text": "Sports day"},
    ),
    "picture_parts": ({"platform": "x", "post_id": POST, "medium_id": "m-1", "approved_photograph": PHOTOGRAPH},),
    "photograph_pupils": ({"photograph_id": PHOTOGRAPH, "video_id": "v1", "person_id": PERSON},),
    "comments": ({"platform": "x", "post_id": POST, "comment_id": "c-1", "actor_id": ACTOR, "text": "Well done"},),
    "proofs": ({"platform": "x", "subject_id": POST, "kind": "post", "answer": "stands"},),
    "costs": ({"source": "x", "endpoint": "posts", "requests": 3, "usd": "0.1"},),
    "coverage": ({"check_id": "pupil_follower", "verdict": "could_not_tell", "why": "X was not asked."},),
    "sight": (
        {"check_id": "c", "platform": "x", "account_id": "1", "fetched": 0, "is_whole": True, "platform_count": 0},
        {"check_id": "c", "platform": "x", "account_id": "2", "fetched": 9, "is_whole": False, "platform_count": 40},
        {"check_id": "c", "platform": "youtube", "account_id": "3", "fetched": 0, "is_whole": False},
        {"check_id": "c", "platform": "x", "account_id": "4", "fetched": 9, "is_whole": True, "is_enough": True},
    ),
    "official_accounts": ({"platform": "x", "account_id": "5", "handle": "old", "last_seen": RUN, "is_left": True},),
    "unread_texts": ({"check_id": "hate_or_threat", "family": "threat", "platform": "x", "score": 0.4},),
    "pulls": ({"source": "youtube", "state": "failed", "what_to_do": "Sign in again: audit login."},),
    "live_decisions": (
        {"run_id": "2026-11-09", "decided_on": "2026-09-01", "decided_by_role": "headteacher", "terms": "X of 2026-05"},
        {"run_id": "2026-11-16", "decided_on": "2026-09-01", "decided_by_role": "headteacher", "terms": "X of 2026-05"},
        {"run_id": "2026-11-23", "decided_on": "2026-11-20", "decided_by_role": "headteacher", "terms": "X of 2026-11"},
    ),
    "clauses": ({"clause": "c1", "ref": "4.2", "number": 1, "checks": "pupil_follower"},),
}


def make_copy(path: Path, **drawn: Sequence[Mapping[str, Any]]) -> Path:
    """Publish a built warehouse, which is empty, and put drawn rows into its copy, these or DRAWN; return its path."""
    with opened(path.with_name("warehouse.duckdb"), KEY) as warehouse:
        migrate(warehouse)
        build(warehouse)
        publish(warehouse, path, KEY)
    db = engine()
    attach(db, path, KEY, name="kept")
    db.execute("use kept")
    for table, rows in (drawn or DRAWN).items():
        for row in rows:
            add(db, table, **row)
    db.close()
    return path


def nothing_kept(names: Collection[str]) -> Mapping[str, Any]:
    """Return no row of any table of the casebook."""
    return {name: [] for name in names}


def process(path: Path, **limits: Any) -> AnsweringProcess:
    """Return a process that answers questions to the copy, within the usual limits but for these."""
    kinds = {table.name: table.kinds for table in TABLES}
    return AnsweringProcess(path, KEY, kinds, nothing_kept, replace(QuestionLimits(), **limits))


def rows_of(answering: AnsweringProcess, sql: str, **parameters: str) -> list[dict[str, Any]]:
    """Return the rows of an answer; a question that is refused fails the test."""
    answered = answering.answer(AskedQuestion(sql, "json", parameters))
    assert answered.problem is None, answered.problem
    rows: list[dict[str, Any]] = json.loads(answered.body)
    return rows
