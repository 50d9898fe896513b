"""A name appears only in the tier that is entitled to it: planted names, handles, ids and links prove it."""

import html
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from checks.evidence import KINDS
from dashboards.report import ReportError, Tier, write_report, write_run
from dashboards.report.evidence_access import ENTITLED
from dashboards.report.notices import notices
from dashboards.report.read import read_week
from flows.notify.message import of_run
from tests.dashboards.copies import RUN, add, copy, evidence
from tests.dashboards.ordinary import ordinary
from tests.published_text import text_of

ROWS: tuple[Tier, ...] = ("lead", "dsl", "dpo")
COUNTS: tuple[Tier, ...] = ("governors", "headteacher")
PLANTED = ("PLANTED", "planted", "7777", "https://x.com", "c0ffee")


# A row of each published table whose every free text and id bears a plant.
PLANTED_TABLES = {
    "sight": """
            check_id       | platform | account_id | account_handle | platform_count | fetched | judged | is_whole | why
            ---------------+----------+------------+----------------+----------------+---------+--------+----------+--
            pupil_follower | x        | 7777       | @PLANTEDours   | 10             | 9       | 9      | false    |
        """,
    "coverage": """
            check_id       | check_title | verdict    | platform_count | fetched | judged | why
            ---------------+-------------+------------+----------------+---------+--------+--------
            pupil_follower | A title     | exceptions | 10             | 9       | 9      | PLANTED
        """,
    "clauses": """
            clause | ref | says     | why
            -------+-----+----------+--------
            c4-2   | 4.2 | A clause | PLANTED
        """,
    "quality": """
            gate   | is_passed | populations | detail
            -------+-----------+-------------+--------
            a_gate | false     | PLANTED     | PLANTED
        """,
    "pulls": """
            source | state  | error_kind  | error_text | what_to_do
            -------+--------+-------------+------------+-----------
            x      | failed | credentials | PLANTED    | PLANTED
        """,
    "register_problems": """
            register | file_name | row | problem
            ---------+-----------+-----+--------
            PLANTED  | PLANTED   | 7   | PLANTED
        """,
    "register_columns": """
            register | file_name | heading | state   | nearest
            ---------+-----------+---------+---------+----------------
            PLANTED  | PLANTED   | PLANTED | ignored | picture_consent
        """,
    "lost_masters": """
            photograph_id | file_name   | problem | nearest
            --------------+-------------+---------+------------
            PLANTED       | PLANTED.jpg | missing | PLANTED.png
        """,
}


def planted(**values: object) -> duckdb.DuckDBPyConnection:
    """Return a copy whose every free text and id bears a plant."""
    db = copy(**PLANTED_TABLES)
    row = {
        "fingerprint": "planted" * 9,
        "account_id": "7777",
        "account_handle": "@PLANTEDours",
        "subject_id": "7777",
        "reason": "PLANTED did it.",
        "evidence": evidence("@PLANTED", "PLANTED Shown", "7777"),
        "confirmed_name": "PLANTED Confirmed",
    }
    add(db, "exceptions", **row | values)
    return db


def everything(db: duckdb.DuckDBPyConnection, tier: Tier, folder: Path) -> str:
    """Return all that is written for the tier, one file after the other."""
    return "\n".join(text_of(path) for path in write_report(db, folder, run_id=RUN, tier=tier))


@pytest.mark.parametrize("tier", COUNTS)
@pytest.mark.parametrize("decision", [None, "confirmed", "allowed"])
def test_governors_and_headteacher_meet_no_name_handle_id_or_link(
    tier: Tier, decision: str | None, tmp_path: Path
) -> None:
    text = everything(planted(decision=decision), tier, tmp_path)

    assert not [canary for canary in PLANTED if canary in text]
    assert "<a href=" not in text.replace('<a class="skip" href="#main">', "")


def test_governors_are_told_the_counts_and_what_was_not_seen(tmp_path: Path) -> None:
    text = everything(planted(), "governors", tmp_path)

    assert "X was not seen this week." in text
    assert "Why: the credentials were refused." in text
    assert "Seen in part." in text
    [count] = json.loads((tmp_path / "governors.json").read_text())["counts"]
    assert (count["open_now"], count["has_new"]) == ("fewer than 5", True)


@pytest.mark.parametrize("tier", ROWS)
@pytest.mark.parametrize("decision", [None, "mistaken", "allowed"])
def test_nobody_is_named_before_a_person_has_confirmed(tier: Tier, decision: str | None, tmp_path: Path) -> None:
    text = everything(planted(decision=decision), tier, tmp_path)

    assert "PLANTED Confirmed" not in text


WHOSE = evidence("@PLANTED", "PLANTED Shown", "7777", roll_id="R-4711", signs="The name fits.")


@pytest.mark.parametrize("tier", [*ROWS, *COUNTS])
@pytest.mark.parametrize("decision", [None, "mistaken", "allowed"])
def test_no_roll_id_stands_beside_an_account_before_a_person_has_confirmed(
    tier: Tier, decision: str | None, tmp_path: Path
) -> None:
    text = everything(planted(decision=decision, evidence=WHOSE), tier, tmp_path)

    assert "R-4711" not in text
    assert "roll_id" not in text
    assert "Roll id" not in text
    assert ("The name fits." in text) == (tier in ROWS)


@pytest.mark.parametrize("tier", ROWS)
def test_a_confirmed_persons_roll_id_stands_with_the_name(tier: Tier, tmp_path: Path) -> None:
    text = everything(planted(decision="confirmed", evidence=WHOSE), tier, tmp_path)

    assert text.count("R-4711") == 5  # once on the page, in the JSON and in the workbook; twice in the CSV


@pytest.mark.parametrize("tier", ROWS)
def test_a_confirmed_person_is_named_to_those_who_act(tier: Tier, tmp_path: Path) -> None:
    assert "PLANTED Confirmed" in everything(planted(decision="confirmed"), tier, tmp_path)


def test_the_dpo_reads_ids_and_figures_but_not_what_a_stranger_calls_himself(tmp_path: Path) -> None:
    text = everything(planted(), "dpo", tmp_path)

    assert "planted" * 9 in text
    assert "<dt>Actor id</dt>" in text
    assert "What is held" in text
    assert "PLANTED Shown" not in text


@pytest.mark.parametrize(
    ("concerns", "is_told"), [("pupil", True), ("picture", True), ("staff", False), ("account", False)]
)
def test_the_safeguarding_lead_reads_only_of_pupils_and_pictures(concerns: str, is_told: bool, tmp_path: Path) -> None:
    text = everything(planted(concerns=concerns), "dsl", tmp_path)

    assert ("PLANTED did it." in text) == is_told


def test_the_safeguarding_leads_sentence_counts_only_her_rows(tmp_path: Path) -> None:
    text = everything(planted(concerns="staff"), "dsl", tmp_path)

    assert "Nothing about a pupil, a picture or a comment is open in what could be seen" in text


def test_the_lead_reads_every_row(tmp_path: Path) -> None:
    write_report(ordinary(), tmp_path, run_id=RUN)

    told = json.loads((tmp_path / "exceptions.json").read_text(encoding="utf-8"))["exceptions"]
    assert len(told) == 10


def test_only_the_pages_of_a_run_that_may_hold_a_name_do(tmp_path: Path) -> None:
    write_run(planted(decision="confirmed"), tmp_path, run_id=RUN, code_version="1")

    named = {path.name for path in tmp_path.iterdir() if "PLANTED Confirmed" in text_of(path)}
    assert named == {"index.html", "dsl.html", "dpo.html", "exceptions.csv", "exceptions.json", "exceptions.xlsx"}


def test_only_the_dpo_reads_how_much_is_held() -> None:
    db = ordinary()

    tiers = [tier for tier in (*ROWS, *COUNTS) if read_week(db, run_id=RUN, tier=tier).held]

    assert tiers == ["dpo"]


def test_an_unknown_tier_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"no tier called 'everyone'\. Choose one of: governors"):
        write_report(copy(), tmp_path, run_id=RUN, tier="everyone")  # type: ignore[arg-type]


def test_a_register_file_is_named_without_its_folder(tmp_path: Path) -> None:
    db = copy(register_problems="register | file_name | row | problem\npupils | /home/mia/pupils.csv | 3 | Is empty.")

    assert "/home/mia" not in everything(db, "lead", tmp_path)


def test_only_the_lead_reads_what_the_file_of_a_photograph_is_called(tmp_path: Path) -> None:
    lost = "photograph_id | file_name | problem | nearest\nP-7 | mia-quill.jpg | missing | mia-quill.jpeg"
    told = {tier: everything(copy(lost_masters=lost), tier, tmp_path) for tier in (*COUNTS, *ROWS)}

    assert {tier for tier, text in told.items() if "mia-quill" in text} == {"lead"}
    assert {tier for tier, text in told.items() if "P-7" in text} == set(ROWS)
    assert all("1 approved photograph has no file that can be read." in text for text in told.values())


LEFT = """
    platform | account_id | handle | last_seen  | is_left
    ---------+------------+--------+------------+--------
    x        | 900100     | town   | 2026-11-16 | false
    x        | 900200     | PE     | 2026-11-02 | {is_left}
"""


@pytest.mark.parametrize("is_open", [False, True], ids=["nothing is open", "a case of it is open"])
@pytest.mark.parametrize("is_told", [False, True], ids=["told no longer", "told"])
def test_an_account_that_is_read_no_more_is_told_in_every_form_and_message_and_its_handle_to_who_reads_rows(
    tmp_path: Path, *, is_open: bool, is_told: bool
) -> None:
    cases = (
        {"exceptions": "fingerprint | account_id | concerns\n" + "ab" * 32 + " | 900200 | account"} if is_open else {}
    )
    db = copy(
        runs="run_id | as_of\n2026-11-09 | 2026-11-09\n2026-11-16 | 2026-11-16",
        official_accounts=LEFT.format(is_left=is_told),
        coverage="check_id | check_title | verdict\nlogo | Logo | kept",
        **cases,
    )
    for tier in (*COUNTS, *ROWS):
        week = read_week(db, run_id=RUN, tier=tier)
        told = [notice.title for notice in notices(week)], of_run(week, "ousterly-vale", "the report").body
        title = f"Read no more: {'1 account of the school' if tier in COUNTS else '@PE on X'}."
        assert [title in told[0], "read no more: 1 account" in told[1]] == [is_told] * 2
        page = html.unescape(everything(db, tier, tmp_path))
        assert [title in page, "what waited to be read is listed no more" in page] == [is_told] * 2
        assert ("every check saw everything" in told[1]) is not (is_told or (is_open and tier != "dsl"))


def test_a_heading_that_nobody_recognised_is_said_first_with_the_column_that_it_may_mean(tmp_path: Path) -> None:
    columns = """
        register  | file_name | heading            | column_name     | state      | nearest
        ----------+-----------+--------------------+-----------------+------------+----------------
        pupils    | p.csv     | Photograph Student |                 | ignored    | picture_consent
        pupils    | p.csv     | SEN need           |                 | ignored    |
        pupils    | p.csv     | UPN                | person_id       | ignored    |
        pupils    | p.csv     | DOB                | date_of_birth   | recognised |
        pupils    | p.csv     |                    | picture_consent | missing    |
        governors | g.csv     |                    | person_id       | missing    |
        staff     | s.csv     | Post               | job_title       | missing    |
    """

    text = everything(copy(register_columns=columns), "lead", tmp_path)

    assert "The pupils register has a column that was not read." in text
    for told in (
        "Photograph Student: did you mean picture_consent?",
        "Not read; person_id is read from another.",
        "Not there: picture_consent.",
        "Not there: person_id. Each person has an id made of name and role.",
        "school.toml maps Post to job_title, and the file does not have it.",
    ):
        assert told in text
    assert ">DOB<" not in text


def test_a_decision_that_has_run_out_no_longer_sets_aside(tmp_path: Path) -> None:
    db = planted(status="open", decision="allowed", decided_until=date(2026, 11, 15))

    assert "Nothing new; 1 is known." in everything(db, "lead", tmp_path)


def declared(kind: str, *, identifies: bool, decision: str | None) -> duckdb.DuckDBPyConnection:
    """Return a copy with one exception, whose one piece of evidence is declared so."""
    db = planted(decision=decision, evidence={"piece": "PIECE"})
    db.execute("update published.check_evidence set kind = ?, identifies = ?", [kind, identifies])
    return db


@pytest.mark.parametrize(
    ("kind", "identifies", "decision", "readers"),
    [
        ("fact", False, None, {"lead", "dsl", "dpo"}),
        ("public_name", False, None, {"lead", "dsl", "dpo"}),
        ("platform_id", True, None, {"lead", "dsl", "dpo"}),
        ("public_name", True, None, {"lead", "dsl"}),
        ("public_name", True, "confirmed", {"lead", "dsl", "dpo"}),
        ("fact", True, "mistaken", {"lead", "dsl"}),
        ("fact", True, "confirmed", {"lead", "dsl", "dpo"}),
        ("strangers_text", True, None, {"lead", "dsl"}),
        ("strangers_text", True, "confirmed", {"lead", "dsl"}),
        ("roll_id", True, None, set()),
        ("roll_id", True, "allowed", set()),
        ("roll_id", True, "confirmed", {"lead", "dsl", "dpo"}),
        ("a kind of tomorrow", False, "confirmed", set()),
    ],
)
def test_a_tier_reads_a_piece_of_evidence_by_its_kind(
    kind: str, identifies: bool, decision: str | None, readers: set[str]
) -> None:
    db = declared(kind, identifies=identifies, decision=decision)

    weeks = {tier: read_week(db, run_id=RUN, tier=tier) for tier in (*COUNTS, *ROWS)}

    assert {tier for tier, week in weeks.items() if any(week.evidence.values())} == readers


@pytest.mark.parametrize("decision", [None, "confirmed", "mistaken"])
def test_the_words_that_a_case_goes_by_stand_in_the_leads_and_the_dsls_pages_and_tables_alone(
    decision: str | None, tmp_path: Path
) -> None:
    quoting = evidence("@one", "One", "1", quote="PLANTED QUOTE", excerpt="PLANTED EXCERPT", signs="The year fits.")
    db = copy()
    add(db, "exceptions", fingerprint="quoting1" * 8, decision=decision, evidence=quoting)
    write_run(db, tmp_path / "run", run_id=RUN, code_version="1")

    holding = {path.name for path in (tmp_path / "run").iterdir() if "PLANTED QUOTE" in text_of(path)}
    texts = {tier: everything(db, tier, tmp_path / tier) for tier in (*ROWS, *COUNTS)}

    assert holding == {"index.html", "dsl.html", "exceptions.csv", "exceptions.json", "exceptions.xlsx"}
    assert {tier for tier, text in texts.items() if "PLANTED QUOTE" in text} == {"lead", "dsl"}
    assert {tier for tier, text in texts.items() if "PLANTED EXCERPT" in text} == {"lead", "dsl"}
    assert {tier for tier, text in texts.items() if ">The words<" in text and "evidence_quote" in text} == {
        "lead",
        "dsl",
    }
    assert "The year fits." in texts["dpo"]


@pytest.mark.parametrize("tier", [*ROWS, *COUNTS])
def test_what_no_check_declared_is_in_no_report(tier: Tier, tmp_path: Path) -> None:
    db = planted(decision="confirmed", evidence={"shown_name": "PIECE", "band": "likely"})
    db.execute("delete from published.check_evidence where label = 'shown_name'")

    assert "PIECE" not in everything(db, tier, tmp_path)


def test_each_run_is_read_by_its_own_declarations() -> None:
    db = declared("fact", identifies=False, decision=None)
    add(db, "runs", run_id="2026-11-23", as_of="2026-11-23")
    add(db, "exceptions", run_id="2026-11-23", fingerprint="later", evidence={"piece": "PIECE"})
    db.execute("update published.check_evidence set kind = 'strangers_text', identifies = true where run_id > ?", [RUN])

    assert [list(read_week(db, run_id=run, tier="dpo").evidence.values()) for run in (RUN, "2026-11-23")] == [
        [{"piece": "PIECE"}],
        [{}],
    ]


def test_every_tier_that_reads_exceptions_has_a_word_on_every_kind() -> None:
    assert {tier: set(kinds) for tier, kinds in ENTITLED.items()} == {
        **{tier: set() for tier in COUNTS},
        **{tier: set(KINDS) for tier in ROWS},
    }


def test_the_dpos_page_says_who_reads_what() -> None:
    said = {"always": "yes", "confirmed": "once confirmed", "never": "no"}
    page = (Path(__file__).parents[2] / "docs" / "for-the-dpo.md").read_text(encoding="utf-8")
    told = {
        cells[0].strip("`"): cells[-3:]
        for line in page.splitlines()
        if (cells := [cell.strip() for cell in line.strip("|").split("|")])[0].strip("`") in KINDS
    }

    assert told == {kind: [said[ENTITLED[tier][kind]] for tier in ROWS] for kind in KINDS}
