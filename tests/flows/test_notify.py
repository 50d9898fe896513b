"""Whoever is named in school.toml hears how a run ended: a real mail server, a real webhook, and never a name."""

import json
import os
import pty
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboards.report.manifest import printed_head
from flows.home.init import make_key
from flows.home.settings import Settings
from flows.notify import send
from flows.notify.message import of_test
from flows.notify.missed import missed, note_schedule
from flows.notify.missed import tell as tell_of
from flows.notify.notify import tell_given
from flows.notify.telling import Teller
from tests.connectors import town
from tests.flows.calling import Answer, audit
from tests.flows.receiving import Letters, Posted, mail_server, text_of, web_server
from tests.flows.village import NAMES, SCHOOL, SECRETS, Village, village, write_home
from warehouse.store.places import Places

DAY = "2026-11-02"
HANDLES = ("@OusterlyVale", "OusterlyValeSchool", "rosie_t", "mr_n", town.SCHOOL, town.CHANNEL)
PLANTED = (*NAMES, *SECRETS, *HANDLES)
DEAD = "mailto://127.0.0.1:9?from=audit@ousterly.example&to=head@ousterly.example"
NOTIFY = """
[report]
link = "https://intranet.ousterly.example/audit/{run}/index.html"

[[notify]]
role = "enterprise_and_technology_lead"
to = "lead_mail"

[[notify]]
role = "it_technician"
to = "hook"
on = ["failure", "missed"]

[[notify]]
role = "headteacher"
to = "head_mail"
on = ["run"]
"""


def with_notify(folder: Path, *, mail: str, hook: str, blocks: str = NOTIFY) -> None:
    (folder / "school.toml").write_text((folder / "school.toml").read_text() + blocks)
    with (folder / "credentials.toml").open("a") as file:
        file.write(f'\n[lead_mail]\nurl = "{mail}"\n\n[hook]\nurl = "{hook}"\n\n[head_mail]\nurl = "{DEAD}"\n')


@dataclass
class Told:
    """A village that tells a mail server, a webhook and a dead mail server, after one run of it."""

    here: Village
    letters: Letters
    posted: Posted
    answer: Answer

    def state(self) -> dict[str, Any]:
        return dict(json.loads((self.here.places.folder / "notify.json").read_text()))


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Iterator[Told]:
    home = tmp_path_factory.mktemp("told") / "home"
    with mail_server() as letters, web_server() as posted, village(home, has_warehouse=True) as here:
        with_notify(here.places.folder, mail=letters.url, hook=posted.url)
        yield Told(here, letters, posted, audit("--debug", "run", SCHOOL, "--as-of", DAY, **here.environment))


def head_line(told, run):
    """Return the line with the head of the record, as the report of a run prints it on its pages."""
    folder = told.here.places.reports(run)
    head = printed_head(folder)
    assert f"<code>{head}</code>" in (folder / "index.html").read_text()
    return f"Head of the record of what people did: {head}. Keep this message: the record must always contain it."


def test_the_lead_hears_of_a_published_run_in_the_report_s_own_words(told):
    letter = told.letters.taken[0]

    page = (told.here.places.reports(DAY) / "index.html").read_text()
    summary, caveats = text_of(letter).splitlines()[2:4]
    assert told.answer.code == 0
    assert letter["Subject"] == "Ousterly Vale School: 18 to look at"
    assert text_of(letter) == (
        "The audit of Monday 2 November 2026.\n"
        "1 pupil's account to check, 11 pictures to look at, 6 records to see to.\n"
        "18 to look at now.\n"
        f"{caveats}\n"
        f"Report: https://intranet.ousterly.example/audit/{DAY}/index.html\n"
        f"{head_line(told, DAY)}"
    )
    assert summary in page
    assert caveats in page
    assert [word for word in PLANTED if word in letter.as_string()] == []


def test_nothing_but_the_message_is_sent_with_it(told):
    letter = told.letters.taken[0]

    assert [part.get_content_type() for part in letter.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert "<img" not in letter.as_string()
    assert "github" not in letter.as_string().lower()
    assert letter["From"] == "audit@ousterly.example"


def test_a_webhook_that_wants_failures_alone_hears_nothing_of_a_good_run(told):
    assert [body for body in told.posted.bodies if DAY in body["message"]] == []


def test_a_dead_mail_server_is_said_by_role_and_leaves_the_run_as_it_is(told):
    assert told.answer.code == 0
    said = [line for line in told.answer.err.splitlines() if "was not told" in line]
    assert said == [
        (
            "The headteacher was not told: nobody took the message at the url of [head_mail] in credentials.toml. "
            "Correct it, or try again."
        )
    ]


def test_no_address_and_no_name_is_said_or_kept_however_much_is_logged(told):
    kept = (told.here.places.folder / "notify.json").read_text()

    secrets = ("a-secret-path", "lead@ousterly.example", "head@ousterly.example", f":{told.letters.port}")
    assert [word for word in (*NAMES, *SECRETS, *secrets) if word in told.answer.said + kept] == []
    assert (told.here.places.folder / "notify.json").stat().st_mode & 0o077 == 0


def test_doctor_says_that_a_message_did_not_go_out_until_one_did(told):
    wrong = audit("doctor", SCHOOL, **told.here.environment)
    credentials = told.here.places.credentials
    text = credentials.read_text()
    credentials.write_text(text.replace(DEAD, told.letters.url))
    tested = audit("notify", SCHOOL, "--test", **told.here.environment)
    right = audit("doctor", SCHOOL, **told.here.environment)
    credentials.write_text(text)
    dead = audit("notify", SCHOOL, "--test", **told.here.environment)

    assert "wrong  notify headteacher: no message has gone out since " in wrong.out
    assert f"Run: audit notify {SCHOOL} --test" in wrong.out
    assert "ok     notify Enterprise and Technology Lead: by [lead_mail], of: run, failure, missed, given" in wrong.out
    assert (tested.code, tested.out) == (
        0,
        "Enterprise and Technology Lead: accepted\nIT technician: accepted\nheadteacher: accepted\n",
    )
    assert "ok     notify headteacher: by [head_mail], of: run" in right.out
    assert (dead.code, dead.out.splitlines()[-1]) == (3, "headteacher: not accepted")
    assert told.letters.taken[-1]["Subject"] == "Ousterly Vale School: a test message of the audit"
    assert told.posted.bodies[-1]["message"].startswith("This is a test.")


def test_a_run_that_did_not_see_everything_is_told_with_the_command_that_goes_on(told):
    credentials = told.here.places.credentials
    text = credentials.read_text()
    credentials.write_text(text.replace(town.TOKEN, "another-token"))
    answer = audit("run", SCHOOL, "--as-of", "2026-11-09", **told.here.environment)
    credentials.write_text(text)

    heard = told.posted.bodies[-1]
    assert answer.code == 3
    assert heard["title"] == "Ousterly Vale School: nothing new, something late, not everything was seen"
    assert heard["message"] == (
        "The audit of Monday 9 November 2026.\n"
        "17 or more open, of 6 kinds; nothing new; late ones of 1 kind.\n"
        "22 of 25 checks could not tell.\n"
        "1 of 4 sources could not be read to the end (YouTube: the credentials were refused). "
        "The report says what to do.\n"
        f"To finish this run: audit run {SCHOOL} --as-of 2026-11-09\n"
        "Report: https://intranet.ousterly.example/audit/2026-11-09/index.html\n"
        f"{head_line(told, '2026-11-09')}"
    )
    lead_reads = text_of(told.letters.taken[-1]).strip().splitlines()
    at_the_desk = lead_reads.pop(1)
    assert at_the_desk.endswith("to see to."), at_the_desk  # by the day that it is, all of that week is due
    in_bands, in_numbers = heard["message"].splitlines()[1], "Nothing new; 18 are known; 11 are late."
    assert "\n".join(lead_reads) == heard["message"].strip().replace(in_bands, in_numbers)
    assert told.state()["run"]["ended"] == "incomplete"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A school without a server: every run of it is refused, for nobody has decided that it may be pulled."""
    write_home(tmp_path)
    make_key(Settings(home=tmp_path), Places(tmp_path, SCHOOL))
    return tmp_path


def test_a_refused_run_is_told_in_counts_and_its_exit_code_stays(home):
    with web_server() as posted:
        with_notify(home / SCHOOL, mail=DEAD, hook=posted.url)
        answer = audit("run", SCHOOL, "--as-of", DAY, AUDIT_HOME=str(home))

    [heard] = posted.bodies
    assert (answer.code, answer.out) == (2, "")
    assert heard["title"] == "Ousterly Vale School: the audit failed"
    assert heard["message"] == (
        "The audit of Monday 2 November 2026 was refused, or could not go on (exit code 2). No report was made of it.\n"
        "No run has been published yet.\n"
        f"What is wrong: audit doctor {SCHOOL}\n"
        f"Then go on: audit run {SCHOOL} --as-of {DAY}"
    )
    assert [word for word in PLANTED if word in json.dumps(heard)] == []
    first, last = answer.err.splitlines()
    assert first.startswith("The Enterprise and Technology Lead was not told: nobody took the message")
    assert last.startswith("A live pull needs a recorded decision")


@pytest.mark.parametrize(
    "kind", ["mailto://127.0.0.1:{}?from=a@ousterly.example&to=b@ousterly.example", "json://127.0.0.1:{}/"]
)
def test_a_server_that_never_answers_is_not_waited_for(monkeypatch, kind):
    monkeypatch.setattr(send, "IN_ALL_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        is_accepted = send.is_accepted(kind.format(silent.getsockname()[1]), of_test("Ousterly Vale School"))

        assert not is_accepted
        assert 0.4 < time.monotonic() - began < 5


def test_a_run_that_was_killed_while_messages_went_out_is_told_the_next_day(home):
    asked = (
        "from pathlib import Path; from flows.home.settings import ConfigurationError, Settings; "
        f"from flows.notify.telling import Teller; home = Path({str(home)!r}); "
        f"teller = Teller.of(Settings(home=home), {SCHOOL!r}, None); "
        "teller.begun(); teller.failed(ConfigurationError('It is wrong. Mend it.'))"
    )
    with web_server() as posted:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            mail = f"mailto://127.0.0.1:{silent.getsockname()[1]}?from=a@ousterly.example&to=b@ousterly.example"
            with_notify(home / SCHOOL, mail=mail, hook=posted.url)
            sending = subprocess.Popen([sys.executable, "-c", asked], stderr=subprocess.DEVNULL)
            silent.settimeout(60)
            line, _ = silent.accept()  # the first message is on its way, and no other has gone out
            sending.kill()
            sending.wait()
            line.close()
        now = datetime.now(UTC)
        tomorrow = Teller.of(Settings(home=home, clock=lambda: now + timedelta(hours=13)), SCHOOL, None)
        note_schedule(tomorrow, now.date())
        miss = missed(tomorrow)
        tell_of(tomorrow, miss)

    assert (miss.is_told, miss.sentence.endswith(" ended, and telling of it was broken off.")) == (False, True)
    assert [heard["title"] for heard in posted.bodies] == ["Ousterly Vale School: the last audit did not end well"]
    assert missed(Teller.of(Settings(home=home), SCHOOL, None)) is None  # it may be on its way still


def test_an_error_inside_the_program_is_told_too(home):
    from flows.notify.telling import telling

    with web_server() as posted:
        with_notify(home / SCHOOL, mail=DEAD, hook=posted.url)
        with pytest.raises(ZeroDivisionError), telling(Settings(home=home), SCHOOL, date(2026, 11, 2)):
            raise ZeroDivisionError("Rosalind Thistlewood")

    [heard] = posted.bodies
    assert "stopped with an error inside the program (exit code 4)" in heard["message"]
    assert "Rosalind" not in json.dumps(heard)


def test_a_mistake_in_the_settings_silences_nobody_who_was_told_before(home):
    with web_server() as posted:
        with_notify(home / SCHOOL, mail=DEAD, hook=posted.url)
        audit("run", SCHOOL, "--as-of", DAY, AUDIT_HOME=str(home))
        settings = home / SCHOOL / "school.toml"
        settings.write_text(settings.read_text().replace("handle", "handel", 1))
        answer = audit("run", SCHOOL, "--as-of", "2026-11-09", AUDIT_HOME=str(home))

    assert answer.code == 2
    assert answer.err.endswith("account 1 (x), handel: is not a key that belongs here; is it handle?\n")
    assert [heard["title"] for heard in posted.bodies] == ["Ousterly Vale School: the audit failed"] * 2


def test_settings_that_are_gone_silence_nobody_who_was_told_before(home):
    with web_server() as posted:
        with_notify(home / SCHOOL, mail=DEAD, hook=posted.url)
        audit("run", SCHOOL, "--as-of", DAY, AUDIT_HOME=str(home))
        (home / SCHOOL / "school.toml").rename(home / SCHOOL / "school.toml.txt")
        answer = audit("run", SCHOOL, "--as-of", "2026-11-09", AUDIT_HOME=str(home))

    assert (answer.code, "Is it school.toml.txt?" in answer.err) == (2, True)
    assert [heard["title"] for heard in posted.bodies] == ["Ousterly Vale School: the audit failed"] * 2


def test_where_nothing_can_be_kept_everybody_is_told_all_the_same(home):
    (home / SCHOOL / ".notify.json.part").mkdir()
    with web_server() as posted:
        with_notify(home / SCHOOL, mail=DEAD, hook=posted.url)
        answer = audit("run", SCHOOL, "--as-of", DAY, AUDIT_HOME=str(home))
        tested = audit("notify", SCHOOL, "--test", AUDIT_HOME=str(home))
        doctor = audit("doctor", SCHOOL, AUDIT_HOME=str(home))

    assert (answer.code, tested.code) == (2, 3)
    assert "could not be told" not in answer.err
    assert (
        "How far this is could not be noted in notify.json, so that somebody may be told twice (Is a dir" in answer.err
    )
    assert "IT technician: accepted" in tested.out
    assert [heard["title"].partition(": ")[2] for heard in posted.bodies] == [
        "the audit failed",
        "a test message of the audit",
    ]
    assert "wrong  notify: " in doctor.out
    assert "notify.json cannot be read and written" in doctor.out


def test_a_run_at_a_keyboard_that_is_refused_tells_nobody_else(home):
    program = Path(sys.executable).with_name("audit")
    with web_server() as posted:
        with_notify(home / SCHOOL, mail=DEAD, hook=posted.url)
        keyboard, screen = pty.openpty()
        ended = subprocess.run(
            [program, "run", SCHOOL], stdin=screen, env={**os.environ, "AUDIT_HOME": str(home)}, check=False
        )
        os.close(keyboard)
        os.close(screen)

    assert (ended.returncode, posted.bodies) == (2, [])
    assert json.loads((home / SCHOOL / "notify.json").read_text())["run"] is None


def test_a_dry_run_tells_nobody_and_leaves_no_trace(home):
    with web_server() as posted:
        with_notify(home / SCHOOL, mail=DEAD, hook=posted.url)
        audit("run", SCHOOL, "--as-of", DAY, "--dry-run", AUDIT_HOME=str(home))

    assert posted.bodies == []
    assert not (home / SCHOOL / "notify.json").exists()


WRONG = {
    "no such block": ('role = "dsl"\nto = "dsl_mail"', "credentials.toml has no [dsl_mail], which school.toml names."),
    "a platform's block": ('role = "dsl"\nto = "x_main"', "[x_main] in credentials.toml has no address."),
    "no address of any kind": ('role = "dsl"\nto = "hook"', "The url of [hook] in credentials.toml is no address"),
}


@pytest.mark.parametrize(("block", "says"), WRONG.values(), ids=WRONG)
def test_doctor_and_the_test_message_name_what_is_wrong_and_never_the_address(home, block, says):
    with_notify(home / SCHOOL, mail=DEAD, hook="teems://a-secret", blocks=f"\n[[notify]]\n{block}\n")
    doctor = audit("doctor", SCHOOL, AUDIT_HOME=str(home))
    test = audit("notify", SCHOOL, "--test", AUDIT_HOME=str(home))

    assert says in doctor.out
    assert (doctor.code, test.code) == (2, 3)
    assert "a-secret" not in doctor.said + test.said


def test_an_occasion_that_there_is_not_is_refused_in_one_sentence(home):
    with_notify(
        home / SCHOOL, mail=DEAD, hook=DEAD, blocks='\n[[notify]]\nrole = "dsl"\nto = "hook"\non = ["always"]\n'
    )
    answer = audit("notify", SCHOOL, AUDIT_HOME=str(home))

    assert answer.code == 2
    assert "line 27: notify 1, on 1: must be 'run'" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_school_that_names_nobody_is_told_where_to(home):
    answer = audit("notify", SCHOOL, "--test", AUDIT_HOME=str(home))

    assert answer.code == 2
    assert answer.err == f"school.toml of {SCHOOL} notifies nobody. Add a [[notify]] block for each role.\n"


@pytest.mark.parametrize(("role", "is_told"), [("enterprise_and_technology_lead", True), ("it_technician", False)])
def test_whoever_is_given_something_at_the_desk_hears_of_it_and_of_nothing_else(told: Told, role, is_told) -> None:
    before = len(told.letters.taken)

    tell_given(told.here.settings, SCHOOL, role)

    letters = told.letters.taken[before:]
    assert [letter["subject"].endswith(": something was given to you") for letter in letters] == [True] * is_told
    assert [word for word in PLANTED if any(word in text_of(letter) for letter in letters)] == []
