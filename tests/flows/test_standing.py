"""How each clause stands in a run, and in the sheet of a school: attested, ended early, red, and the totals agree."""

import json
from datetime import UTC, date, datetime

import pytest

from checks.catalogue import catalogue
from checks.outcome import Outcome
from dashboards.report.clauses import in_policy_order, shares, standing_text
from dashboards.report.read import read_week
from flows.home.context import open_context
from flows.home.init import init
from flows.home.settings import Settings
from flows.weekly.asked_checks import AskedCheck, PutQuestion
from flows.weekly.clause_states import write_run_outcomes
from flows.weekly.run import start
from policies.attestations import Attested
from policies.coverage import sha256_of
from policies.model import PackError
from policies.question import NOT_MAPPED
from tests.flows.calling import audit, environment
from tests.flows.own_policy import CLAUSES, POLICY, adopt
from tests.flows.village import prepared
from tests.warehouse.cases import found, settle
from warehouse.exceptions.observing import observe_subjects
from warehouse.runs.publish import publish
from warehouse.runs.runs import end
from warehouse.store.places import Places

SCHOOL = "ousterly-vale"
FIRST, SECOND, THIRD = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)
FAR = date(9999, 1, 1)  # further than any clause lets a word stand
ROLES = {"train": "headteacher", "passwords": "it_technician"}


@pytest.fixture
def home(tmp_path):
    with environment(AUDIT_HOME=str(tmp_path)):
        init(SCHOOL, pack="corbets-tey-2022")
    Places(tmp_path, SCHOOL).key.write_text(prepared()[0])
    adopt(tmp_path / SCHOOL)
    return tmp_path


def settings(home, day):
    """Return the settings of a machine at nine on this day."""
    return Settings(home=home, clock=lambda: datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def attest(home, clause, day, until=FAR):
    """Put a person's word into the casebook, as of a day."""
    words = {name: sentence for name, sentence, _ in CLAUSES}
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    with open_context(settings(home, day), SCHOOL, day).casebook() as book:
        book.attest(Attested(clause, sha256_of(words[clause]), ROLES[clause], "Signed by Rosalind.", until, at))


def judged(home, day, *, finds=()):
    """Judge a run in which these checks find something, publish it, and return each clause's state, until and why."""
    context = open_context(settings(home, day), SCHOOL, day)
    if not context.places.warehouse.exists():
        context.places.warehouse.touch(mode=0o600)
        context.places.warehouse.write_bytes(prepared()[1])
    start(context)
    with context.warehouse() as db, context.casebook() as book:
        rows = [_found(check) for check in finds]
        settle(db, context.run_id, rows, observe_subjects(db, []), book.decisions.standing())
        known = catalogue()
        said = [_asked(context, known[c]) for c in context.pack.check_ids]
        write_run_outcomes(context, db, book, said)
        end(db, context.run_id, is_complete=True, at=datetime(2026, 11, 2, tzinfo=UTC))
        publish(db, context.places.published, context.key)
        sql = "select clause, state, attested_until, why from published.clauses where run_id = ? order by number"
        return {clause: tuple(rest) for clause, *rest in db.execute(sql, [context.run_id]).fetchall()}


def _asked(context, check):
    answer = Outcome(check.id, "kept", 1, 1, 1, f"{check.id} saw it all.")
    return AskedCheck(check, tuple(PutQuestion(*asked, answer, answer) for asked in context.pack.asked(check.id)))


def _found(check):
    from dataclasses import replace

    return replace(found(), check_id=check, fingerprint=f"print-{check}")


def test_each_clause_of_a_run_is_told_as_it_stands(home):
    attest(home, "train", FIRST, date(2027, 11, 1))

    clauses = judged(home, FIRST)

    assert clauses == {
        "pupils": ("checked", None, "pupil_follower saw it all."),
        "staff": ("checked", None, "staff_follower saw it all."),
        "train": (
            "attested",
            date(2027, 11, 1),
            (
                "Attested by the headteacher (role claimed, not signed in) on Mon 2 Nov 2026, "
                "until Mon 1 Nov 2027. The evidence is in the casebook."
            ),
        ),
        "passwords": (
            "attested",
            None,
            "Nobody has attested this yet; it is for the IT technician, every 91 days. The log.",
        ),
        "gossip": ("unobserved", None, "Nobody can see it."),
    }


def test_an_attestation_is_ended_by_the_run_that_finds_the_counter_evidence_and_again_until_it_is_gone(home):
    attest(home, "train", FIRST)
    assert judged(home, FIRST)["train"][1] == date(2027, 11, 2)

    ended = judged(home, SECOND, finds=["staff_follower", "pupil_follower"])["train"]
    assert ended[:2] == ("attested", None)
    assert "found the contrary on Mon 9 Nov 2026: first put right what it found." in ended[2]

    attest(home, "train", date(2026, 11, 10))
    assert "on Tue 10 Nov 2026" in (again := judged(home, THIRD, finds=["staff_follower"])["train"])[2]
    assert "found the contrary on Mon 16 Nov 2026:" in again[2]

    attest(home, "train", date(2026, 11, 17))
    assert judged(home, date(2026, 11, 23))["train"][1] == date(2027, 11, 17)


def test_the_same_run_twice_says_the_same(home):
    attest(home, "train", FIRST)

    assert judged(home, SECOND, finds=["staff_follower"]) == judged(home, SECOND, finds=["staff_follower"])


def test_a_clause_whose_sentence_changed_is_red_its_checks_still_speak_and_no_word_counts_for_it(home):
    attest(home, "train", FIRST)
    changed = POLICY.replace("No pupil may", "No pupil or leaver may").replace("train all", "train most")
    (home / SCHOOL / "policy.txt").write_text(changed)

    clauses = judged(home, FIRST)

    why = "Its sentence is no longer in policy.txt as the pack has it; read the new text and map the clause again."
    assert clauses["pupils"] == ("red", None, f"{why} pupil_follower saw it all.")
    assert clauses["train"] == ("red", None, why)
    assert [state for state, *_ in clauses.values()] == ["red", "checked", "red", "attested", "unobserved"]


def test_a_clause_that_nobody_has_mapped_yet_says_so_and_is_never_kept(home):
    pack = home / SCHOOL / "own.toml"
    pack.write_text(pack.read_text().replace('unobserved = "Nobody can see it."', "[clause.proposed]"))

    assert judged(home, FIRST)["gossip"] == ("not_mapped", None, NOT_MAPPED)
    report = open_context(settings(home, FIRST), SCHOOL, FIRST)
    with report.published() as copy:
        week = read_week(copy, run_id=FIRST.isoformat(), tier="governors")
    [gossip] = [one for one in in_policy_order(week) if one.clause.clause == "gossip"]
    assert (standing_text(gossip), [share.words for share in shares((gossip,))]) == (
        "Not mapped yet",
        ["not mapped yet"],
    )


def test_a_clause_that_is_mapped_again_is_red_no_more_and_its_old_attestation_does_not_count(home):
    attest(home, "train", FIRST)
    new = "The headteacher must train most staff each year."
    (home / SCHOOL / "policy.txt").write_text(POLICY.replace("train all", "train most"))
    pack = home / SCHOOL / "own.toml"
    pack.write_text(pack.read_text().replace(sha256_of(CLAUSES[2][1]), sha256_of(new)))

    state, until, why = judged(home, FIRST)["train"]

    assert (state, until) == ("attested", None)
    assert "mapped to another sentence since" in why


def test_no_evidence_reaches_the_published_copy(home):
    attest(home, "train", FIRST)
    judged(home, FIRST)

    said = audit("ask", SCHOOL, "from published.clauses", "--purpose", "a look at the clauses", "--format", "json",
                 AUDIT_HOME=str(home))  # fmt: skip

    assert (said.code, "The evidence is in the casebook." in said.out, "Rosalind" in said.out) == (0, True, False)


def test_the_sheet_and_the_run_agree_about_what_has_ended(home):
    attest(home, "train", FIRST)
    attest(home, "passwords", FIRST)
    judged(home, SECOND, finds=["staff_follower"])

    sheet = json.loads(audit("policies", "coverage", SCHOOL, "--json", AUDIT_HOME=str(home)).out)

    states = {line["clause"]: (line["state"], line["attested_until"]) for line in sheet["clauses"]}
    assert states["train"] == ("to be attested", None)
    assert states["passwords"] == ("attested", "2027-02-01")
    assert sheet["totals"] == {"checked": 2, "attested": 1, "to be attested": 1, "unobserved": 1, "in all": 5}


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("policy.txt", None, "policy.txt cannot be read: No such file or directory."),
        ("policy.txt", b"", "policy.txt is empty: there is no policy in it."),
        ("own.toml", None, "own.toml cannot be read: No such file or directory."),
        (
            "own.toml",
            b"id = ",
            "own.toml, line 1: this is not TOML: nothing stands after the =. To see each",
        ),
        ("own.toml", b'id = "own"\ntitle = ""\n', "own.toml, line 1: clause: is missing. It has 3 mistakes in all."),
    ],
)
def test_a_policy_that_cannot_be_used_ends_a_run_before_anything_is_made_or_asked(home, name, data, told):
    path = home / SCHOOL / name
    path.unlink() if data is None else path.write_bytes(data)

    for command in ("run", "doctor"):
        answer = audit(command, SCHOOL, AUDIT_HOME=str(home))
        said = [line for line in answer.said.splitlines() if told in line and not line.startswith("next ")]
        assert (answer.code, len(said)) == (2, 1), answer.said
        assert (answer.out == "", answer.err.count("\n")) == ((True, 1) if command == "run" else (False, 0))
    assert not (home / SCHOOL / "warehouse.duckdb").exists()


def test_a_pack_that_calls_for_a_check_that_there_is_not_is_refused(home):
    pack = home / SCHOOL / "own.toml"
    pack.write_text(pack.read_text().replace('"pupil_follower"', '"pupil_folower"'))

    with pytest.raises(PackError, match=r"own\.toml, line 15: .*no such check; is it pupil_follower\?"):
        open_context(Settings(home=home), SCHOOL, FIRST)


def test_the_sheet_tells_of_each_checked_clause_what_the_newest_run_came_to(home):
    judged(home, FIRST)

    said = audit("policies", "coverage", SCHOOL, AUDIT_HOME=str(home)).out
    [pupils, *_] = json.loads(audit("policies", "coverage", SCHOOL, "--json", AUDIT_HOME=str(home)).out)["clauses"]

    assert "what was checked is told as the run of 2026-11-02 found it" in said
    assert "pupils  [staff must]  pupils: checked\n  In our own words: pupils.\n  Nothing seen where we look" in said
    assert (pupils["verdict"], pupils["who_answers"]) == ("nothing_seen", "Checked by pupil follower.")
