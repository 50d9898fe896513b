"""A challenge by command: opened, listed, upheld, and corrected in the reports that were and in the next one."""

import shutil
from dataclasses import replace

import pytest

from dashboards.report.manifest import FILE_NAME, differences, read_manifest
from flows.desk.school import school_desk
from flows.notify.message import answer_lines
from flows.weekly.publish import mark_corrections
from policies.roles import LEAD, DoneBy
from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.village import PUPIL, SCHOOL, TEACHER
from warehouse.casebook.chain import entries_of
from warehouse.casebook.challenges import Challenges
from warehouse.store.open import opened

OPEN = ("--received", "2026-11-02", "--by", "parent", "--ground", "The account is a cousin's.")


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    with audited_village(tmp_path_factory.mktemp("challenge") / "home", is_few=False) as running:
        yield running


def fingerprint(village, subject=PUPIL):
    with opened(village.places.published, village.context().key, read_only=True) as copy:
        found = copy.execute("select fingerprint from published.exceptions where subject_id = ?", [subject])
        return found.fetchall()[0][0]


def challenge(village, *words):
    return audit("challenge", SCHOOL, *words, **village.environment)


def page(village, day, name):
    return (village.places.reports(day) / name).read_text(encoding="utf-8")


def test_a_challenge_that_is_upheld_corrects_every_report_and_is_not_raised_again(audited):
    ref = fingerprint(audited)[:8]
    with audited.context().casebook() as book:
        shown = school_desk(audited.settings, SCHOOL, book).reach(fingerprint(audited))
    opened_ = challenge(audited, "open", f"{ref[:4]}-{ref[4:]}".upper(), *OPEN)
    listed = challenge(audited, "list")
    told = answer_lines(audited.settings, audited.places, LEAD, audited.context().today())
    answered = challenge(audited, "answer", ref, "--upheld", "--reason", "Seen with the family.")
    again = audit("run", SCHOOL, "--as-of", "2026-11-09", **audited.environment)

    assert (opened_.code, answered.code, again.code) == (0, 0, 0)
    assert shown
    assert opened_.out.startswith("".join(f"{sentence}\n" for sentence in shown))
    assert f"{ref} (pupil_follower) is challenged. Answer it by Wednesday 2 December 2026." in opened_.out
    assert f"{ref}  received 2026-11-02 from parent  answer by 2026-12-02" in listed.out
    tied = f"1 account that may be theirs, by name and another sign such as the year (likely): x:{PUPIL}."
    assert (tied in opened_.out, tied in answered.out, "P1" in opened_.out) == (True, True, False)
    assert told[0].startswith("1 challenge waits for an answer")
    assert answer_lines(audited.settings, audited.places, LEAD, audited.context().today()) == ()
    assert "marked in the reports of: 2026-11-02" in answered.out
    for day in ("2026-11-02", "2026-11-09"):
        folder = audited.places.reports(day)
        assert f"found mistaken: {ref}" in page(audited, day, "index.html")
        assert "challenged and found mistaken: fewer than 5." in page(audited, day, "governors.html")
        assert ref not in page(audited, day, "governors.html")
        assert "CORRECTIONS.html" not in page(audited, day, "governors.html")
        assert 'href="CORRECTIONS.html"' in page(audited, day, "index.html")
        assert ref in page(audited, day, "CORRECTIONS.html")
        assert differences(read_manifest(folder / FILE_NAME), folder) == ()
    with opened(audited.places.published, audited.context().key, read_only=True) as copy:
        stood = copy.execute(
            "select decision, decided_until, is_open from published.exceptions "
            "where run_id = '2026-11-09' and starts_with(fingerprint, ?)",
            [ref],
        ).fetchall()
    assert stood == [("mistaken", None, False)]


def test_the_report_that_is_written_again_is_corrected_again_and_nothing_else_changes(audited):
    before = {path.name: path.read_bytes() for path in audited.places.reports("2026-11-02").iterdir()}
    assert audit("report", SCHOOL, "--run", "2026-11-02", "--tier", "dpo", **audited.environment).code == 0
    after = {path.name: path.read_bytes() for path in audited.places.reports("2026-11-02").iterdir()}

    assert after["dpo.html"].count(b"<!-- corrected -->") == 1
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed <= {"dpo.csv", "dpo.html", "dpo.json", "dpo.xlsx", "manifest.json"}


def entered(village):
    with village.context().casebook() as book, book.engine.connect() as connection:
        return len(entries_of(connection, SCHOOL))


def test_the_reports_of_a_copy_that_is_lent_are_marked_and_nothing_is_entered_for_them(audited, tmp_path):
    shutil.copytree(audited.settings.home, tmp_path / "home")
    lent = replace(audited, settings=replace(audited.settings, home=tmp_path / "home"))
    by, at, case = DoneBy("dpo", user="somebody"), lent.context().now(), fingerprint(lent, TEACHER)
    with lent.context().casebook() as book:
        challenges = Challenges(book)
        challenges.open(case, received_on=at.date(), raised_by="staff", ground="No.", by=by, at=at)
        challenges.answer(case, is_upheld=True, reason="Seen.", by=by, at=at, run_id="2026-11-09")
    before, ref = entered(lent), case[:8]
    marked = mark_corrections(lent.context(), is_sealed=False)

    assert "2026-11-02" in marked
    assert ref in page(lent, "2026-11-02", "CORRECTIONS.html")
    assert entered(lent) == before
    assert ref not in page(audited, "2026-11-02", "CORRECTIONS.html")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("open", "short", *OPEN), "A ref is the eight letters and figures"),
        (("open", "00000000", *OPEN), "No report here has a case 00000000."),
        (("open", "KNOWN", *OPEN, "--received", "2031-01-01"), "The day on which it was received is still to come."),
        (("open", "KNOWN", *OPEN, "--by", "me"), "Say who challenges it: pupil, parent, staff, other."),
        (("open", "KNOWN", *OPEN, "--ground", " "), "Say with --ground what they say is wrong"),
        (
            ("open", "KNOWN", *OPEN, "--role", "parents"),
            "A challenge is for the Data Protection Officer or the",
        ),
        (("answer", "KNOWN", "--upheld", "--reason", "So."), "was challenged. See audit challenge SCHOOL list."),
    ],
)
def test_what_cannot_be_written_down_is_refused_in_a_sentence(audited, words, says):
    known = fingerprint(audited, TEACHER)[:8]
    answer = challenge(audited, *(known if word == "KNOWN" else word for word in words))

    assert (answer.code, says in answer.err) == (2, True)
    assert challenge(audited, "list").out.count("received") == challenge(audited, "list").out.count("upheld")
