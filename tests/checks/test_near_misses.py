"""Whoever is not known to be whom a check looks for is not listed: somebody like them, or somebody else."""

from dataclasses import dataclass

import duckdb
import pytest

from tests.checks.ask import ask
from tests.drawn import fill


@dataclass(frozen=True, slots=True)
class NearMisses:
    """What is drawn for a check, and how its coverage ends."""

    check_id: str
    tables: dict[str, str]
    matches: str
    why: str


def _seen(figure: int) -> str:
    return f"platform_count | fetched | judged\n{figure} | {figure} | {figure}"


def _followers(*rows: str) -> str:
    return "\n".join(["actor_id | is_current", *rows])


_WRITTEN = "comment_id | actor_id | is_current\nc1 | 11 | true\nc2 | 12 | true\nc3 | 13 | false\nc4 | 14 | true"
_PICTURES = {
    "posts": "post_id | is_current\np1 | true\np2 | true\np3 | true\np4 | false",
    "media": "post_id | medium_id | kind\np1 | 3_1 | photo\np2 | 16_1 | animated_gif\np4 | 3_4 | photo",
    "reposts": "post_id | actor_id\np3 | 21\np4 | 21\np1 | 22\np1 | 23\np1 | 24",
}
_DONE = "post_id | actor_id | kind\nt1 | 31 | reply\nt2 | 32 | repost\nt3 | 33 | quote\nt6 | | repost"
_SETTLED = "all were judged."
_UNSETTLED = "further account bears {} name but shows too little else; it is not listed."

CASES = [
    NearMisses(
        "pupil_follower",
        {
            "follower_coverage": _seen(4),
            "people": "person_id | year_group\np1 | 8",
            "followers": _followers("11 | true", "12 | true", "13 | false", "14 | true"),
        },
        """
            actor_id | person_id | role   | band     | is_best
            ---------+-----------+--------+----------+--------
            11       | p1        | pupil  | possible | false
            11       | f1        | parent | likely   | true
            12       | s1        | staff  | declared | true
            13       | p1        | pupil  | likely   | true
            14       | p1        | pupil  | likely   | false
        """,
        "@OusterlyVale has 4 followers; " + _SETTLED,
    ),
    NearMisses(
        "staff_follower",
        {"follower_coverage": _seen(3), "followers": _followers("21 | true", "22 | true")},
        """
            actor_id | person_id | role     | band     | is_best
            ---------+-----------+----------+----------+--------
            21       | s1        | staff    | possible | true
            22       | s2        | staff    | possible | false
            22       | g1        | governor | likely   | true
        """,
        f"@OusterlyVale has 3 followers; {_SETTLED} 1 " + _UNSETTLED.format("a member of staff's"),
    ),
    NearMisses(
        "governor_follower",
        {"follower_coverage": _seen(4), "followers": _followers("31 | true", "32 | true", "34 | true")},
        """
            actor_id | person_id | role     | band     | is_best
            ---------+-----------+----------+----------+--------
            31       | g1        | governor | possible | true
            32       | s2        | staff    | likely   | true
            34       | f4        | parent   | likely   | true
            34       | g4        | governor | possible | false
        """,
        f"@OusterlyVale has 4 followers; {_SETTLED} 1 " + _UNSETTLED.format("a governor's"),
    ),
    NearMisses(
        "leaver_follower",
        {
            "follower_coverage": _seen(6),
            "people": "role | person_id | date_of_birth\nleaver | l1 | 2012-01-01\npupil | l1 | 2012-01-01",
            "followers": _followers("51 | true", "52 | true", "53 | true"),
        },
        """
            actor_id | person_id | role   | band     | is_best
            ---------+-----------+--------+----------+--------
            51       | l1        | leaver | possible | true
            52       | l1        | leaver | likely   | false
            53       | l1        | pupil  | declared | true
        """,
        f"@OusterlyVale has 6 followers; {_SETTLED} 1 " + _UNSETTLED.format("a former pupil's"),
    ),
    NearMisses(
        "following_person",
        {
            "following_coverage": _seen(6),
            "people": "role | person_id | year_group\npupil | p1 | R",
            "following": _followers("61 | true", "62 | true", "64 | true"),
            "followers": _followers("68 | true"),
        },
        """
            actor_id | person_id | role     | band     | is_best
            ---------+-----------+----------+----------+--------
            61       | p1        | pupil    | possible | true
            62       | f2        | parent   | possible | false
            62       | g1        | governor | likely   | true
            64       | f1        | parent   | possible | false
            68       | p1        | pupil    | possible | true
        """,
        "2 further accounts bear somebody's name but show too little else; they are not listed.",
    ),
    NearMisses(
        "pupil_comment",
        {
            "commenter_coverage": _seen(4),
            "people": "role | person_id\npupil | p1\npupil | p2\npupil | p3\npupil | p4\nstaff | s1",
            "comments": _WRITTEN,
        },
        """
            actor_id | person_id | role   | band     | is_best
            ---------+-----------+--------+----------+--------
            11       | p1        | pupil  | possible | true
            11       | f1        | parent | likely   | true
            12       | p2        | pupil  | likely   | false
            12       | s1        | staff  | declared | true
            13       | p3        | pupil  | declared | true
            15       | p4        | pupil  | declared | true
        """,
        "@OusterlyVale has 4 comments; " + _SETTLED,
    ),
    NearMisses(
        "personal_account_comment",
        {"commenter_coverage": _seen(4), "comments": _WRITTEN},
        """
            actor_id | person_id | role     | band     | is_best
            ---------+-----------+----------+----------+--------
            11       | s1        | staff    | possible | true
            12       | s2        | staff    | likely   | false
            12       | g1        | governor | likely   | true
            14       | p1        | pupil    | declared | true
            15       | s3        | staff    | declared | true
        """,
        f"@OusterlyVale has 4 comments; {_SETTLED} 1 " + _UNSETTLED.format("a member of staff's"),
    ),
    NearMisses(
        "staff_repost",
        {"repost_coverage": _seen(4)} | _PICTURES,
        """
            actor_id | person_id | role   | band     | is_best
            ---------+-----------+--------+----------+--------
            21       | s1        | staff  | declared | true
            22       | s2        | staff  | possible | true
            23       | f1        | parent | declared | true
            24       | s3        | staff  | likely   | false
        """,
        f"@OusterlyVale has 4 reposts; {_SETTLED} 1 " + _UNSETTLED.format("a member of staff's"),
    ),
    NearMisses(
        "official_interaction",
        {"interaction_coverage": "fetched | judged\n6 | 6", "interactions": _DONE},
        """
            actor_id | person_id | role   | band     | is_best
            ---------+-----------+--------+----------+--------
            31       | p1        | pupil  | possible | true
            32       | p2        | pupil  | likely   | false
            36       | p3        | pupil  | declared | true
        """,
        f"{_SETTLED} 1 " + _UNSETTLED.format("somebody's"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check_id)
def test_leaves_out_the_near_misses(db: duckdb.DuckDBPyConnection, case: NearMisses) -> None:
    fill(db, **case.tables, matches=case.matches)

    outcome = ask(db, case.check_id)

    # Nothing is kept beside an account that bears somebody's name and that nobody can settle.
    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell" if "further" in case.why else "kept", ())
    assert outcome.why.endswith(case.why)


@pytest.mark.parametrize("register", ["pupils", "staff", "governors", "leavers"])
def test_says_that_a_register_was_not_read(db: duckdb.DuckDBPyConnection, register: str) -> None:
    fill(db, follower_coverage=_seen(4))
    db.execute("delete from core.registers where register = ?", [register])

    outcome = ask(db, f"{register.removesuffix('s')}_follower")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why.endswith(
        f"The {register} register was not read in this run, so that nobody on it could be recognised."
    )
