"""Which cases are about one subject and go with them, and which merely name them, and stand for somebody else."""

import json
from collections.abc import Mapping

import duckdb

from warehouse.privacy.subject_patterns import Subject, SubjectMatcher
from warehouse.privacy.subjects import rows_naming

_EXCEPTIONS = "outcome.exceptions"
CASES = (_EXCEPTIONS, "outcome.unread_texts")
_OF_OURS = frozenset({"post", "medium"})
# Labels of evidence: the account that a post of ours touches, what it is called and where it is; whom a post names; and
# the photograph whose approval ended.
_TOUCHED, _CALLED, _PLACE = "actor", "account", "link"
_ROLL_ID, _PHOTOGRAPH, _ENDED = "roll_id", "photograph_id", "ended"


def fingerprints_of(db: duckdb.DuckDBPyConnection, subject: Subject) -> frozenset[str]:
    """Return the fingerprints of the exceptions and unread texts that are about the subject.

    They are where the subject of the case is theirs; and of a post or a picture of ours where all that it rests on, in
    every run, is theirs: the account that it touches, whom it names, the photograph whose approval has ended. What else
    stands in a picture or a text stands there without them too, and so does the case.
    """
    about, resting = set[str](), set[str]()
    matcher = SubjectMatcher(subject)
    for table, rows in rows_naming(db, subject, only=CASES).items():
        cases = f"select fingerprint, subject_kind, rowid from {table} where list_contains(?, rowid)"
        for fingerprint, kind, row in db.execute(cases, [list(rows)]).fetchall():
            if "subject_id" in rows[row]:
                about.add(fingerprint)
            elif kind in _OF_OURS and "evidence" in rows[row]:
                resting.add(fingerprint)
    rests = {fingerprint: set[bool]() for fingerprint in resting}
    every_run = f"select fingerprint, platform, evidence from {_EXCEPTIONS} where list_contains(?, fingerprint)"
    for fingerprint, platform, evidence in db.execute(every_run, [sorted(resting)]).fetchall():
        rests[fingerprint] |= _rest_on_them(json.loads(evidence), matcher, platform)
    return frozenset(about | {fingerprint for fingerprint, on_them in rests.items() if on_them == {True}})


def _rest_on_them(evidence: Mapping[str, object], matcher: SubjectMatcher, platform: str) -> set[bool]:
    """Return whether a case rests on the subject, and whether on somebody else: neither, one or both."""
    if _TOUCHED in evidence:
        return {matcher.names(evidence[_TOUCHED], _TOUCHED, platform)}
    if matcher.names(evidence.get(_PLACE, ""), _PLACE, platform):
        return {True}
    whose = [_CALLED, _ROLL_ID, _PHOTOGRAPH] if _ENDED in evidence else [_CALLED, _ROLL_ID]
    said = {name: str(evidence[name]) for name in whose if evidence.get(name)}
    on_them = {True for name, value in said.items() if matcher.names(value, name, platform)}
    return on_them | {False for name, value in said.items() if matcher.others_in(value, name, platform)}
