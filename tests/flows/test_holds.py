"""Holds on a school that was audited: no deletion and no erasure takes what they cover, in any store of its home.

It alone proves this of report folders and of the casebook, of holds that the command records, and of an erasure that
was prepared, or begun, before the hold was recorded.
"""

import logging
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from flows.home.context import open_context
from flows.home.integrity import verify_files
from flows.home.settings import ConfigurationError
from flows.privacy.asked import Asked
from flows.privacy.erasure import erase, resume
from flows.privacy.erasure_plan import prepared
from flows.retention import retention
from tests.casebooks import DPO, decide
from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.village import FAR, PUPIL, SCHOOL, TEACHER, Village, village
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.counters import counts_of, leave
from warehouse.casebook.holds import PERSON, PHOTOGRAPH, Holds
from warehouse.casebook.tables import DECISIONS, HOLDS, LABELS, QUERIES
from warehouse.casebook.verify import wrong_rows
from warehouse.privacy.erasure_journal import JOURNAL, write_journal
from warehouse.store.damage import hash_of
from warehouse.store.open import opened

UNTIL = FAR
REASON = "A request of the police, number 4711."


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """A village that was audited once; a pupil and a member of staff each declared their account in a register."""
    with village(tmp_path_factory.mktemp("holding") / "home", has_warehouse=True) as here:
        ask_few(here.places.folder)
        for name, account in (("pupils", "@rosie_t"), ("staff", "@mr_n")):
            register = here.places.registers / f"{name}.csv"
            head, first, *rest = register.read_text().splitlines()
            lines = [f"{head},x_account", f"{first},{account}", *(f"{line}," for line in rest)]
            register.write_text("\n".join(lines) + "\n")
        assert audit("run", SCHOOL, "--as-of", "2026-11-02", **here.environment).code == 0
        yield here


@pytest.fixture
def here(audited, tmp_path):
    shutil.copytree(audited.settings.home, tmp_path / "home")
    return Village(audited.servers, replace(audited.settings, home=tmp_path / "home"))


def hold(here, *whom):
    return audit("hold", "add", SCHOOL, *whom, "--reason", REASON, "--until", UNTIL.isoformat(), **here.environment)


def later(here, days):
    at = datetime.now(UTC) + timedelta(days=days)
    return open_context(replace(here.settings, clock=lambda: at), SCHOOL, None)


def write_of_both(here):
    """Let the casebook and old report folders name the pupil, and others of the same kind the member of staff."""
    now = here.settings.clock()
    for day, handle in (("2020-01-06", "rosie_t"), ("2020-01-13", "mr_n")):
        for parent in ("reports", "quality"):
            folder = here.places.folder / parent / day
            folder.mkdir(parents=True)
            (folder / "page.html").write_text(f"<p>@{handle}, and others</p>")
    with here.context().casebook() as book:
        for print_, handle, actor, ident in (("a", "mr_n", TEACHER, "S1"), ("b", "rosie_t", PUPIL, "P1")):
            decide(book, print_ * 64, "mistaken", until=None, by_role="dpo", note=f"Not @{handle}.", at=now)
            book.label(("x", actor, ident), "no", now)
            book.log_query(by_user="dpo", purpose="-", sql=f"select 1 where actor_id = '{actor}'", at=now)
        book.log_query(by_user="dpo", purpose="-", sql="select 3", at=now)


def in_casebook(book, column):
    with book.engine.connect() as connection:
        return list(connection.execute(select(column).order_by(column.table.c.number)).scalars())


def test_years_later_files_casebook_and_warehouse_have_what_is_held_and_nothing_of_others(here, caplog):
    write_of_both(here)
    held = [(PERSON, "P1"), ("x", PUPIL), (PHOTOGRAPH, "M1")]
    with here.context().casebook() as book:  # as of one that was renewed every two years
        Holds(book).add_all(held, reason=REASON, by=DPO, until=UNTIL + timedelta(days=4_000))
    context = later(here, 4_000)

    preview = retention.preview(context, context.today())
    with caplog.at_level(logging.DEBUG):
        certificate = retention.expire(context, is_confirmed=True)

    assert certificate.counts == preview.goes
    assert {("casebook.decisions", "decisions"), ("reports", "reports")} <= preview.held.keys()
    assert "4711" not in caplog.text + str(certificate.counts)
    folders = [path for path in here.places.folder.glob("*/*") if path.parent.name in ("reports", "quality")]
    assert {path.name for path in folders} == {"2020-01-06", "2026-11-02"}
    with context.casebook() as book:
        assert in_casebook(book, DECISIONS.c.note) == ["Not @rosie_t."]
        assert in_casebook(book, LABELS.c.actor_id) == [PUPIL]
        assert in_casebook(book, QUERIES.c.sql) == [f"select 1 where actor_id = '{PUPIL}'", "select 3"]
        assert in_casebook(book, HOLDS.c.subject_id) == ["P1", PUPIL, "M1"]
        assert wrong_rows(book) == {}
    with opened(context.places.warehouse, context.key, read_only=True) as db:
        assert db.execute("select distinct account_id from raw.profiles where handle is not null").fetchall() == [
            (PUPIL,)
        ]
        assert db.execute("select distinct person_id from raw.people").fetchall() == [("P1",)]
        assert db.execute("select distinct photograph_id from raw.picture_verdicts").fetchall() == [("M1",)]
        assert db.execute("select count(*) > 0 from raw.pages where body is not null").fetchall() == [(True,)]


def test_a_hold_that_is_recorded_after_an_erasure_was_prepared_stops_it_before_anything_goes(here):
    context = here.context()
    erasure = prepared(context, Asked(actor=f"x:{PUPIL}"), by="dpo", reason="A request.")
    hold(here, "--actor", f"x:{PUPIL}")

    with pytest.raises(ConfigurationError, match=f"Hold 1 stands until {UNTIL}: A request of the police"):
        erase(context, erasure)

    assert not (here.places.folder / JOURNAL).exists()
    with opened(context.places.warehouse, context.key, read_only=True) as db:
        assert db.execute("select count(*) from raw.profiles where account_id = ?", [PUPIL]).fetchall() == [(1,)]


def test_an_erasure_that_was_begun_goes_no_further_while_a_hold_stands_and_is_finished_after(here):
    context = here.context()
    erasure = prepared(context, Asked(actor=f"x:{PUPIL}"), by="dpo", reason="A request.")
    write_journal(context.places.folder, context.key, erasure)
    hold(here, "--actor", f"x:{PUPIL}")

    with pytest.raises(ConfigurationError, match="Hold 1 stands"):
        resume(context)
    assert (here.places.folder / JOURNAL).exists()

    assert audit("hold", "end", SCHOOL, "1", **here.environment).code == 0
    assert resume(context).counts == erasure.counts
    with opened(context.places.warehouse, context.key, read_only=True) as db:
        assert db.execute("select count(*) from raw.profiles where account_id = ?", [PUPIL]).fetchall() == [(0,)]


def test_the_account_of_somebody_who_is_held_is_not_erased_either(here):
    with here.context().casebook() as book:
        Holds(book).add(kind=PERSON, subject_id="P1", reason="A claim.", by=DPO, until=UNTIL)

    refused = audit("erase", SCHOOL, "--actor", f"x:{PUPIL}", "--reason", "A request.", "--yes", **here.environment)
    other = audit("erase", SCHOOL, "--actor", f"x:{TEACHER}", "--reason", "A request.", "--yes", **here.environment)

    assert (refused.code, f"Hold 1 stands until {UNTIL}: A claim." in refused.err) == (2, True)
    assert other.code == 0, other.said


def left_by_an_earlier_release(here):
    """Let the warehouse have the views of an earlier release, and its file be the one that the last run left."""
    context = here.context()
    with opened(context.places.warehouse, context.key) as db:
        db.execute("update main.models set sha256 = 'of an earlier release'")
        counts = counts_of(db)
    with context.casebook() as book:
        leave(book, counts, hash_of(context.places.warehouse))


@pytest.mark.parametrize("words", [("hold", "add"), ("erase",)], ids=["a hold", "a preview"])
def test_whoever_comes_first_after_an_upgrade_leaves_the_warehouse_as_a_run_does(here, words):
    left_by_an_earlier_release(here)
    more = ("--until", UNTIL.isoformat()) if words[0] == "hold" else ("--preview",)

    answer = audit(*words, SCHOOL, "--actor", f"x:{PUPIL}", "--reason", REASON, *more, **here.environment)

    assert (answer.err, answer.code) == ("", 0)
    verify_files(here.context())


def test_on_a_day_that_may_be_wrong_a_hold_stands_that_nobody_ended(here):
    now = here.context()
    with now.casebook() as book:
        Holds(book).add(kind="x", subject_id=PUPIL, reason=REASON, by=DPO, until=now.today())

    with pytest.raises(ConfigurationError, match="Hold 1 stands until"):
        prepared(later(here, 400), Asked(actor=f"x:{PUPIL}"), by="dpo", reason="At their parents' request.")


def test_what_a_challenge_is_about_is_kept_until_it_must_be_answered_and_then_by_a_hold_alone(here):
    context = here.context()
    with context.casebook() as book:
        asked = {"received_on": context.today(), "raised_by": "parent", "ground": "A cousin's account."}
        challenge = Challenges(book).open("c" * 64, **asked, by=DPO, at=context.now())

        kept = [
            retention.retention_day(context, book, on=challenge.answer_by + timedelta(days=days)).challenged
            for days in (0, 1)
        ]

    assert kept == [{"c" * 64}, set()]


def test_a_hold_on_a_person_is_one_on_their_account_too_and_says_what_is_kept_whole(here):
    said = [hold(here, "--person", "P1"), hold(here, "--photograph", "M1")]

    assert [(one.code, one.out.count(f"stands until {UNTIL}")) for one in said] == [(0, 2), (0, 1)], said
    assert "Kept whole" in said[0].out


def test_a_hold_until_a_day_more_than_two_years_away_is_a_slip_and_is_refused(here):
    hold = ("hold", "add", SCHOOL, "--actor", f"x:{PUPIL}", "--reason", REASON, "--until", "9999-12-31")

    answer = audit(*hold, **here.environment)

    assert (answer.code, "is more than two years away. Choose a nearer day" in answer.err) == (2, True)
