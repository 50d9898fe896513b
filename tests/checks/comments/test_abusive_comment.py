"""Nobody is threatened or abused in what others write; what merely sounds alike, or the school's own words, is none."""

import duckdb
import pytest

from checks.comments.abusive_comment import LONGEST_EXCERPT, SAYS, bearing, names_of_pupils_and_staff
from checks.texts import LONGEST_QUOTE
from engines.words import Sign, TextFamily
from engines.words.model import Basis
from engines.words.rules.rule_lists import rules
from tests.checks.ask import CHANNEL, TOWN, ask, found
from tests.drawn import drawing, fill

SEEN = """
    platform | account_id | platform_count | fetched | judged
    ---------+------------+----------------+---------+-------
    x        | 100        |                | 4       | 4
    youtube  | UC1        | 2              | 2       | 2
"""


def test_lists_each_comment_with_its_kind_and_its_words(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comment_coverage=SEEN,
        comments="""
            comment_id | actor_id | kind    | posted_at              | text
            c1         | 41       | reply   | 2026-10-05 09:00:00+00 | I know where you live and I am going to kill you
            c2         | 42       | mention | 2026-10-06 09:00:00+00 | Mr Okell is a pathetic idiot
            c3         | 43       | quote   |                        | Lovely concert, well done all
        """,
    )

    outcome = ask(db, "abusive_comment")

    assert outcome.verdict == "exceptions"
    assert outcome.why == "@OusterlyVale has 4 comments; all were judged."
    assert found(outcome, "link", "posted_on", "abuse", "threat", "excerpt") == drawing("""
        subject | reason                                                                       | link                      | posted_on  | abuse  | threat | excerpt
        --------+------------------------------------------------------------------------------+---------------------------+------------+--------+--------+-------------------------------------------------
        c1      | A reply to @OusterlyVale seems to threaten somebody.                         | https://x.com/i/status/c1 | 2026-10-05 | threat | yes    | I know where you live and I am going to kill you
        c2      | A mention of @OusterlyVale seems to abuse a pupil or a member of staff.      | https://x.com/i/status/c2 | 2026-10-06 | abuse  | no     | Mr Okell is a pathetic idiot
    """)  # noqa: E501


@pytest.mark.parametrize(
    "text",
    [
        "We killed it at netball today!",
        "Scunthorpe United coaching starts on Monday",
        "Racist abuse has no place here and will be reported.",
        "Tia Brannel played beautifully",
        "What a shame that the fair was rained off",
    ],
)
def test_leaves_out_what_merely_sounds_alike(db: duckdb.DuckDBPyConnection, text: str) -> None:
    fill(
        db,
        comment_coverage=SEEN,
        people="""
            person_id | given_names | surname
            p1        | Tia         | Brannel
        """,
        comments=f"""
            comment_id | actor_id | text
            c1         | 41       | {text}
        """,
    )

    outcome = ask(db, "abusive_comment")

    assert outcome.verdict == "kept"
    assert outcome.exceptions == ()


def test_leaves_out_what_is_gone_and_what_the_school_itself_wrote(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comment_coverage=SEEN,
        comments="""
            comment_id | actor_id | is_current | text
            c1         | 41       | false      | I am going to kill you
            c2         | 100      | true       | I am going to kill you
            c3         | 200      | true       | I am going to kill you
        """,
    )

    assert ask(db, "abusive_comment").verdict == "kept"


def test_abuse_counts_where_the_name_is_on_a_register(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comments="""
            comment_id | actor_id | text
            c1         | 41       | Tia Brannel is lazy
        """,
    )

    assert ask(db, "abusive_comment").exceptions == ()

    fill(
        db,
        people="""
            person_id | given_names | surname
            p1        | Tia         | Brannel
        """,
    )
    assert [one.evidence["abuse"] for one in ask(db, "abusive_comment").exceptions] == ["abuse"]


def test_the_reason_tells_the_gravest_and_the_evidence_all(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comments="""
            comment_id | actor_id | text
            c1         | 41       | Mr Okell is a pathetic idiot. I am going to kill you.
        """,
    )

    assert found(ask(db, "abusive_comment"), "abuse", "threat") == drawing("""
        subject | reason                                                        | abuse         | threat
        --------+---------------------------------------------------------------+---------------+-------
        c1      | A reply to @OusterlyVale seems to threaten somebody.          | threat, abuse | yes
    """)


@pytest.mark.parametrize("name", ["threats", "slurs", "insults"])
def test_there_is_a_sentence_for_whatever_the_lists_may_find(name: str) -> None:
    assert {Sign("abusive", rule.what, (0, 1), "").told_as for rule in rules(name)} <= SAYS.keys()


def test_what_is_told_of_somebody_by_hearsay_is_left_to_a_person_as_an_allegation(
    db: duckdb.DuckDBPyConnection,
) -> None:
    fill(
        db,
        comments="""
            comment_id | actor_id | text
            c1         | 41       | they say he used to beat us at that school
        """,
    )

    [text] = ask(db, "abusive_comment").unread

    said = "A reply to @OusterlyVale says of somebody what may be a crime or a breach of trust."
    assert (text.exception.subject_id, text.exception.reason, text.families) == ("c1", said, "allegation")


def test_an_allegation_has_its_own_sentence(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comments="""
            comment_id | actor_id | text
            c1         | 41       | Mr Okell has been stealing from the school
        """,
    )

    [only] = ask(db, "abusive_comment").exceptions

    assert only.reason == "A reply to @OusterlyVale says of somebody what may be a crime or a breach of trust."
    assert only.evidence["threat"] == "no"


def test_no_reason_names_anybody_or_repeats_a_word_of_the_comment(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comments="""
            comment_id | actor_id | text
            c1         | 41       | Mrs Quarrington is a pathetic idiot
        """,
    )

    [only] = ask(db, "abusive_comment").exceptions

    assert not {"quarrington", "pathetic", "idiot"} & set(only.reason.lower().strip(".").split())


def test_a_comment_on_a_video_is_linked_below_it(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comment_coverage=SEEN,
        comments="""
            platform | account_id | post_id | comment_id | actor_id | kind    | text
            youtube  | UC1        | v1      | c1         | UC77     | comment | I am going to kill you
            youtube  | UC1        |         | c2         | UC77     | reply   | I am going to kill you
            youtube  | UC1        | v1      | c3         | UC1      | comment | I am going to kill you
        """,
    )

    assert found(ask(db, "abusive_comment", accounts=[CHANNEL]), "link") == drawing("""
        subject | reason                                                        | link
        --------+---------------------------------------------------------------+------------------------------------------
        c1      | A comment to @OusterlyValeSchool seems to threaten somebody.  | https://www.youtube.com/watch?v=v1&lc=c1
        c2      | A reply to @OusterlyValeSchool seems to threaten somebody.    | https://www.youtube.com/channel/UC1
    """)


def test_a_comment_to_two_accounts_is_one_exception_at_each(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comments="""
            account_id | comment_id | actor_id | text
            100        | c1         | 41       | I am going to kill you
            200        | c1         | 41       | I am going to kill you
        """,
    )

    found_at = [one.account_id for one in ask(db, "abusive_comment", accounts=[TOWN, ("x", "200")]).exceptions]

    assert found_at == ["100", "200"]


def test_names_are_those_of_pupils_and_staff_and_the_titled_surnames_of_staff(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        people="""
            role     | person_id | title | given_names | surname   | known_as
            pupil    | p1        | Miss  | Zoë Anne    | Brannel   | Zo
            staff    | s1        | Prof  | Ivo         | O'Stannel |
            staff    | s2        |       | Una         | Marlby    |
            parent   | f1        | Mr    | Ola         | Brannel   |
            governor | g1        | Mrs   | Eda         | Corvell   |
        """,
    )

    assert names_of_pupils_and_staff(db) == {
        "zoë anne brannel",
        "zoë brannel",
        "zo brannel",
        "ivo o'stannel",
        "prof o'stannel",
        "una marlby",
    }


def test_of_a_long_comment_the_part_about_the_first_sign_is_shown(db: duckdb.DuckDBPyConnection) -> None:
    text = f"{'We came early. ' * 14}I know where you live and I am going to kill you.{' We left late.' * 14}"
    fill(db, comment_coverage=SEEN, comments=f"comment_id | actor_id | text\nc1 | 41 | {text}")

    [exception] = ask(db, "abusive_comment").exceptions

    assert "I know where you live and I am going to kill you." in exception.evidence["excerpt"]
    assert LONGEST_QUOTE < len(exception.evidence["excerpt"]) <= LONGEST_EXCERPT


def test_an_offer_of_private_contact_is_listed_and_a_public_one_is_not(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comment_coverage=SEEN,
        comments="""
            comment_id | actor_id | text
            c1         | 41       | Add my snap: moth_lamp9 and dont tell your mum
            c2         | 42       | Please add the date to the website
            c3         | 43       | Ring the office on 01632 960155 if you are stuck
        """,
    )

    outcome = ask(db, "abusive_comment")

    assert found(outcome, "abuse", "threat") == drawing("""
        subject | reason                                                                  | abuse | threat
        --------+-------------------------------------------------------------------------+-------+-------
        c1      | A reply to @OusterlyVale seems to draw somebody into private contact.   | lure  | no
    """)


@pytest.mark.parametrize(
    ("basis", "what", "is_left"),
    [
        ("rule", ("phone",), []),
        ("both", ("phone",), [False]),
        ("score", (), [True]),
        ("rule", ("phone", "handle"), [True]),
    ],
    ids=["a number alone", "a number that the score speaks of", "the score alone", "a chat name"],
)
def test_a_contact_detail_is_no_lure_by_itself(basis: Basis, what: tuple[str, ...], is_left: list[bool]) -> None:
    signs = tuple(Sign("contact", kind, (0, 4), "Why.") for kind in what)
    contact = TextFamily("contact", 0.9, (0, 4), "Why.", basis, is_listed=True, signs=signs)

    assert [family.is_listed for family in bearing([contact])] == is_left


def test_says_who_wrote_it_as_far_as_anybody_is_known(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        comment_coverage=SEEN,
        comments="""
            comment_id | actor_id | text
            c1         | 41       | I am going to kill you
            c2         | 42       | I am going to kill you
            c3         | 43       | I am going to kill you
        """,
        matches="""
            actor_id | person_id | role   | band     | is_best
            41       | p1        | parent | declared | true
            41       | s1        | staff  | declared | true
            42       | p2        | pupil  | possible | true
        """,
    )

    exceptions = ask(db, "abusive_comment").exceptions

    assert [one.evidence["written_by"] for one in exceptions] == ["parent, staff", "nobody known", "nobody known"]
