"""Erasing: afterwards no byte of the account is in any file, opened or not; the next run does not bring it back.

It alone proves this of a whole home that a real run made, and of an erasure that is killed at each of its steps.
"""

import io
import json
import re
import shutil
import zipfile
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from dashboards.queries import query
from flows.home.integrity import guarded
from flows.home.process import os_user
from tests.casebooks import decide, key_of, looked_into, rows_of
from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.village import FAR, PUPIL, SCHOOL, Village
from warehouse.casebook import verify
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.holds import Holds
from warehouse.privacy.reach import NOTHING
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.subjects import resolve, rows_naming
from warehouse.runs.publish import publish_settled
from warehouse.store.open import opened

SAID = (PUPIL, "rosie_t")  # the account's id and handle; the pupil's name stays on the register
NAME = "Rosalind Thistlewood"
ERASE = ("erase", SCHOOL, "--actor", f"x:{PUPIL}", "--reason", "A request of 3 November.")


def name_everywhere(here):
    """Let the account be named in a note, a label, a question, a quality page and a copy of the casebook."""
    with here.context().casebook() as book:
        now = here.settings.clock()
        with opened(here.places.warehouse, here.context().key, read_only=True) as db:
            [(case,)] = db.execute(
                "select fingerprint from outcome.exceptions where subject_id = ? limit 1", [PUPIL]
            ).fetchall()
        decide(book, case, "confirmed", until=None, by_role="dpo", note="It is @rosie_t.", at=now)
        decide(book, "f" * 64, "mistaken", until=None, by_role="dpo", note="Not @ROSIE_T but another.", at=now)
        book.label(("x", PUPIL, "P1"), "yes", now)
        book.log_query(by_user="dpo", purpose="-", sql=f"select 1 where id = '{PUPIL}'", at=now)
    shutil.copy(here.places.casebook, here.settings.home / "casebook.sqlite.before-0001")
    (here.places.folder / "quality" / "note.txt").write_text("rosie_t")


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """A village that was audited once, with notes, labels, questions and a copy of the casebook that name the pupil."""
    home = tmp_path_factory.mktemp("erasing")
    with audited_village(home / "home") as here:
        name_everywhere(here)
        yield here


@pytest.fixture
def here(audited, tmp_path):
    shutil.copytree(audited.settings.home, tmp_path / "home")
    return Village(audited.servers, replace(audited.settings, home=tmp_path / "home"))


def needles(*said):
    for word in said:
        yield word.encode()
        yield word.encode("utf-16-le")
        yield json.dumps(word)[1:-1].encode()


def left_in(here, *said):
    """Return every place that still says one of these words: files as they lie, and what they hold when opened."""
    wanted = [(word, standing_alone(word)) for word in needles(*said)]
    places = [
        f"{place}: {word!r}" for place, body in bodies(here) for word, alone in wanted if alone.search(body.lower())
    ]
    return sorted(set(places))


def standing_alone(word):
    """Return the pattern of a word; four figures in the midst of a hash or of a time are not somebody's id."""
    return re.compile(rb"(?<![0-9a-f.])%b(?![0-9a-f])" % word if word.isdigit() else re.escape(word))


def bodies(here):
    home, own = here.settings.home, (here.places.registers, here.places.photographs)
    for path in home.rglob("*"):
        if path.is_file() and not any(path.is_relative_to(folder) for folder in own):
            yield path.relative_to(home), path.read_bytes().lower()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((f"{path.name}/{name}", archive.read(name).lower()) for name in archive.namelist())
    for path in (here.places.warehouse, here.places.published):
        with opened(path, here.context().key, read_only=True) as db:
            tables = "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'kept'"
            for (table,) in db.execute(tables).fetchall():
                for row in db.execute(f"from {table}").fetchall():
                    yield f"{path.name} {table}", b"\x00".join(map(as_bytes, row)).lower()
    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        for row in rows_of(book):
            yield "casebook", b"\x00".join(map(as_bytes, row)).lower()


def as_bytes(value):
    if not isinstance(value, bytes):
        return str(value).encode()
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value


def test_after_an_erasure_no_file_says_who_and_the_next_run_leaves_them_out(here):
    assert {place.split(":")[0].split(" ")[0] for place in left_in(here, *SAID)} >= {
        "casebook", "published.duckdb", "warehouse.duckdb",
    }  # fmt: skip

    answer = audit(*ERASE, "--yes", **here.environment)

    assert answer.code == 0, answer.said
    assert "rosie" not in answer.said
    assert left_in(here, *SAID) == []
    with here.context().casebook() as book, book.engine.connect() as connection:
        verify.ensure_whole(connection, SCHOOL)
        assert AccessLog(book).first_broken() is None
    assert audit("erase", SCHOOL, "--list", **here.environment).out.startswith("1  ")
    twice = audit(*ERASE, "--yes", **here.environment)
    assert (twice.code, "Already erased on" in twice.out, "certificate 1." in twice.out) == (0, True, True)
    certificate = here.places.folder / "erasures" / "1.json"
    assert certificate.stat().st_mode & 0o077 == 0
    assert json.loads(certificate.read_text())["by_user"] == os_user()

    again = audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment)

    assert again.code == 0, again.said
    assert "1 erased account was left out of followers." in again.out
    assert left_in(here, *SAID) == []
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        figures = db.execute(
            "select listings.platform_count - left_out.accounts = "
            "(select count(*) from raw.follows "
            "where run_id = '2026-11-09' and platform = 'x' and direction = 'follower') "
            "from raw.listings as listings inner join raw.left_out as left_out "
            "using (run_id, source, platform, account_id, listing)"
        ).fetchall()
        failed = db.execute("select quality_check from raw.quality_checks where not is_passed").fetchall()
        gone = db.execute("select count(*) from outcome.exceptions where run_id = '2026-11-09' and status = 'gone'")
        assert (figures, failed, gone.fetchall()) == ([(True,)], [], [(0,)])


def totals(here):
    """Return what is told of the runs in totals: how much was read and judged, what it cost, how many cases it has."""
    with opened(here.places.published, here.context().key, read_only=True) as copy:
        read = "select check_id, platform_count, fetched, judged, verdict from published.coverage order by all"
        costs = "select source, endpoint, requests, resources, usd, units from published.costs order by all"
        history = copy.execute(query("run_history")).fetchall()
        return copy.execute(read).fetchall(), copy.execute(costs).fetchall(), sum(row[6] for row in history)


def test_what_stays_of_an_earlier_run_in_totals_is_what_the_preview_says(here):
    preview = audit(*ERASE, "--preview", **here.environment).out
    with opened(here.places.published, here.context().key, read_only=True) as copy:
        of_it = "select count(*) from published.exceptions where is_open and subject_id = ?"
        [(cases,)] = copy.execute(of_it, [PUPIL]).fetchall()
    read, costs, are_open = totals(here)

    assert audit(*ERASE, "--yes", **here.environment).code == 0

    assert "how much earlier runs read and judged, in totals" in preview
    assert "Cases that go are counted in no earlier run any more." in preview
    assert totals(here) == (read, costs, are_open - cases)
    assert cases > 0


def test_a_preview_changes_nothing_and_shows_no_value(here):
    before = left_in(here, *SAID)

    answer = audit(*ERASE, "--preview", **here.environment)

    assert answer.code == 0, answer.said
    assert "warehouse raw.profiles" in answer.out
    assert "casebook decisions" in answer.out
    assert "What stays" in answer.out
    assert not any(word in answer.said for word in SAID)
    assert left_in(here, *SAID) == before


def test_while_a_run_is_unfinished_a_preview_says_so_and_nothing_is_erased(here):
    with here.context().warehouse() as db:
        db.execute("update raw.runs set published_at = null")

    preview = audit(*ERASE, "--preview", **here.environment)
    refused = audit(*ERASE, "--yes", **here.environment)

    assert (preview.code, "warehouse raw.profiles" in preview.out) == (0, True)
    assert "A run was begun and not published" in preview.out
    assert (refused.code, "A run was begun and not published" in refused.err) == (2, True)


def test_an_erasure_that_nobody_confirms_says_so_and_erases_nothing(here, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    answer = audit(*ERASE, **here.environment)

    assert (answer.code, answer.err) == (2, "Nothing was erased, for nobody confirmed it. Answer y, or add --yes.\n")
    assert left_in(here, *SAID) != []


def test_a_hold_that_stands_is_named_and_nothing_is_erased_until_it_ends(here):
    hold = ("hold", "add", SCHOOL, "--actor", f"x:{PUPIL}", "--reason", "A police request.", "--until", FAR.isoformat())
    assert audit(*hold, **here.environment).out.startswith(f"Hold 1 stands until {FAR}")

    refused = audit(*ERASE, "--yes", **here.environment)

    assert (refused.code, f"Hold 1 stands until {FAR}: A police request." in refused.err) == (2, True)
    assert "1  stands" in audit("hold", "list", SCHOOL, **here.environment).out
    assert audit("hold", "end", SCHOOL, "1", **here.environment).code == 0
    assert audit("hold", "end", SCHOOL, "1", **here.environment).code == 2
    with here.context().casebook() as book, book.engine.connect() as connection:
        verify.ensure_whole(connection, SCHOOL)
        assert not Holds(book).all()[0].stands(date(2026, 11, 2))
        assert book.held(date(2026, 11, 2)) == frozenset()


def confirm_before_a_run(here):
    """Have the DSL confirm whose the pupil's account is, once she has left the register; no run comes after it."""
    register = here.places.registers / "pupils.csv"
    register.write_text(register.read_text().replace("P1,Rosalind,Thistlewood,8\n", ""))
    with here.context().casebook() as book, opened(here.places.warehouse, here.context().key, read_only=True) as db:
        [(case, about)] = db.execute(
            "select fingerprint, about from outcome.exceptions where subject_id = ? and check_id = 'pupil_follower'",
            [PUPIL],
        ).fetchall()
        said = {"until": None, "by_role": "dsl", "note": "It is theirs.", "at": here.settings.clock(), "about": about}
        decide(book, case, "confirmed", **said)


PERSON = ("erase", SCHOOL, "--person", "P1", "--reason", "A request.")
BIO = "year 8 at ousterly vale school"


def test_an_account_that_was_confirmed_goes_with_its_person_before_any_run_and_after(here):
    confirm_before_a_run(here)

    preview = audit(*PERSON, "--preview", **here.environment)
    answer = audit(*PERSON, "--yes", **here.environment)

    assert (answer.code, preview.code) == (0, 0), answer.said + preview.said
    assert f"Theirs, as a person confirmed: x:{PUPIL}." in preview.out
    assert left_in(here, *SAID, BIO, NAME.lower()) == []
    again = audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment)
    assert again.code == 0, again.said
    assert left_in(here, *SAID, BIO, NAME.lower()) == []
    assert "Nothing is left to erase." in audit(*PERSON, "--preview", **here.environment).out


def test_an_account_that_may_be_theirs_is_asked_about_and_goes_or_is_left_and_said_why(here, monkeypatch):
    register = here.places.registers / "pupils.csv"
    register.write_text(register.read_text().replace("P1,Rosalind,Thistlewood,8\n", ""))

    preview = audit(*PERSON, "--preview", **here.environment)
    unanswered = audit(*PERSON, "--yes", **here.environment)
    other = audit(*PERSON, "--yes", "--also", "x:4711", **here.environment)
    naming = audit(*PERSON, "--yes", "--leave", "changed It is Rosalind's cousin", **here.environment)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\na cousin of that name\ny\n"))
    left = audit(*PERSON, **here.environment)

    asked = f"1 account that may be theirs, by a confirmation that covers the case no more (changed): x:{PUPIL}."
    assert (preview.code, asked in preview.out) == (0, True), preview.said
    assert (unanswered.code, "--also changed" in unanswered.err) == (2, True), unanswered.said
    assert [answer.code for answer in (other, naming, left)] == [2, 2, 0], left.said
    assert left_in(here, *SAID) != []
    second = audit(*PERSON, "--preview", **here.environment).out
    assert "Left: 1 account that may be theirs, by a confirmation that covers the case no more" in second
    assert f"Confirmed as the accounts of somebody who was erased, and kept still: x:{PUPIL}." in second
    assert "a cousin of that name" in audit("erase", SCHOOL, "--list", **here.environment).out


def test_an_account_that_may_be_theirs_goes_with_them_once_a_person_says_so(here):
    register = here.places.registers / "pupils.csv"
    register.write_text(register.read_text().replace("P1,Rosalind,Thistlewood,8\n", ""))

    answer = audit(*PERSON, "--yes", "--also", "changed", **here.environment)

    assert answer.code == 0, answer.said
    assert left_in(here, *SAID, BIO, NAME.lower()) == []


def test_whom_a_register_has_is_refused_and_once_it_has_them_no_more_they_are_erased(here):
    person = (*PERSON, "--leave", "changed Nobody knows whom it meant.", "--yes")
    refused = audit(*person, **here.environment)
    assert (refused.code, "register of pupils" in refused.err) == (2, True)

    register = here.places.registers / "pupils.csv"
    register.write_text(
        "".join(line for line in register.read_text().splitlines(keepends=True) if not line.startswith("P1"))
    )
    answer = audit(*person, **here.environment)

    assert answer.code == 0, answer.said
    assert left_in(here, NAME.lower()) == []


def test_a_register_that_still_names_them_is_told_and_brings_nobody_back(here):
    registers = here.places.registers
    pupils = (registers / "pupils.csv").read_text()
    (registers / "pupils.csv").write_text(pupils.replace("P1,Rosalind,Thistlewood,8\n", ""))
    (registers / "photographs.csv").write_text(
        "photograph_id,file_name,video_id,channels,approved_by,pupil_ids\n"
        "M1,m1.jpg,,x;youtube,Rosalind Thistlewood,P2; P1\nV1,,vid00000001,youtube,,\n"
    )
    answer = audit(*PERSON, "--yes", "--leave", "changed Nobody knows whom it meant.", **here.environment)

    assert answer.code == 0, answer.said
    assert "In registers/photographs.csv, 1 row names the subject still. The school must take that out." in answer.out
    certificate = json.loads((here.places.folder / "erasures" / "1.json").read_text())
    assert certificate["counts"]["still in registers/photographs.csv"] == 1

    (registers / "pupils.csv").write_text(pupils)  # the next export has the row again
    again = audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment)

    assert again.code == 0, again.said
    assert "Register of pupils: 1 row names somebody who was erased" in again.out
    assert "Register of photographs: 1 row names somebody who was erased" in again.out
    lead = (here.places.reports("2026-11-09") / "index.html").read_text()
    assert "1 row names somebody who was erased" in lead
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        assert rows_naming(db, Subject(person_ids=frozenset({"P1"}))) == {}
        assert db.execute("select count(*) from raw.people where surname = 'Thistlewood'").fetchall() == [(0,)]
        shown = db.execute("select pupil_ids, approved_by from raw.photographs where run_id = '2026-11-09'").fetchall()
    assert ("P2; [erased]", "[erased]") in shown


SPELT = ("Roisin O'Thistlewood", "R\u00f3is\u00edn O\u2019Thistlewood", "ROISIN O THISTLEWOOD", "#RoisinOThistlewood")


def test_a_name_that_a_stranger_spelt_otherwise_than_the_register_is_nowhere_after_the_erasure(here):
    register = here.places.registers / "pupils.csv"
    register.write_text(register.read_text().replace("P1,Rosalind,Thistlewood,8\n", ""))
    said = "; ".join(f"{spelt} sang" for spelt in SPELT)
    with guarded(here.context()), here.context().warehouse() as db:
        name = ["R\u00f3is\u00edn", "O'Thistlewood"]
        db.execute("update raw.people set given_names = ?, surname = ?, full_name = null where person_id = 'P1'", name)
        db.execute("update raw.comments set text = ? where actor_id != ?", [said, PUPIL])
        db.execute("update raw.posts set text = ?", [said])
        publish_settled(db, here.places.published, here.context().key)
    words = [spelt.lower() for spelt in SPELT]
    stores = {place.split(" ")[0] for place in left_in(here, *words)}
    assert {"warehouse.duckdb", "published.duckdb"} <= stores

    answer = audit(*PERSON, "--yes", "--leave", "changed Nobody knows whom it meant.", **here.environment)

    assert answer.code == 0, answer.said
    assert left_in(here, *words) == []
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        [(left,)] = db.execute("select distinct text from raw.posts").fetchall()
    assert left == "[erased] sang; [erased] sang; [erased] sang; #[erased] sang"


SUBSCRIBER = "UCsub0001"  # who also wrote the first comment


def test_an_account_of_youtube_is_nowhere_after_its_erasure_and_the_next_run_leaves_it_out(here):
    assert left_in(here, SUBSCRIBER.lower()) != []

    actor = ("--actor", f"youtube:{SUBSCRIBER}")
    answer = audit("erase", SCHOOL, *actor, "--reason", "A request.", "--yes", **here.environment)

    assert answer.code == 0, answer.said
    assert left_in(here, SUBSCRIBER.lower()) == []
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        [(units,)] = db.execute("select sum(units) from raw.requests").fetchall()
    settings = here.places.settings
    settings.write_text(f"{settings.read_text()}\n[budget]\nunits_per_run = {units}\n")

    again = audit("run", SCHOOL, "--as-of", "2026-11-02", **here.environment)  # what it paid before may be paid again

    assert again.code == 0, again.said
    assert "1 erased account was left out of comments." in again.out
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        pulls = db.execute("select distinct state from raw.pulls").fetchall()
        unseen = db.execute("select count(*) from outcome.exceptions where status = 'not_seen'").fetchall()
    assert (pulls, unseen) == ([("complete",)], [(0,)])
    report = here.places.reports("2026-11-02")
    assert all("Left out because somebody was erased: 1." in (report / f"{tier}.html").read_text()
               for tier in ("index", "dpo"))  # fmt: skip
    assert left_in(here, SUBSCRIBER.lower()) == []


def test_a_photograph_is_nowhere_after_its_erasure_and_what_shows_it_is_approved_no_more(here):
    register = here.places.registers / "photographs.csv"
    photographs = register.read_text()
    register.write_text(photographs.replace("M1,m1.jpg,,x;youtube\n", ""))
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        subject = resolve(db, NOTHING, photograph="M1")
    words = ("m1.jpg", *subject.hashes)
    assert left_in(here, *words) != []

    erased = audit("erase", SCHOOL, "--photograph", "M1", "--reason", "A request.", "--yes", **here.environment)

    assert erased.code == 0, erased.said
    assert left_in(here, *words) == []

    register.write_text(photographs)  # an old copy of the register is put back
    again = audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment)

    assert again.code == 0, again.said
    assert "Register of photographs: 1 row names somebody who was erased" in again.out
    assert left_in(here, "m1.jpg") == []
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        assert rows_naming(db, replace(subject, hashes=frozenset())) == {}
        shown = db.execute(
            "select check_id from outcome.exceptions where run_id = '2026-11-09' and check_id = 'unapproved_picture' "
            "and platform = 'x'"
        ).fetchall()
    assert shown != []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--actor", "x:nobody"), "No run has seen"),
        (("--actor", "myspace:1"), "--actor is"),
        ((), "one of --person"),
        (("--person", "P1", "--photograph", "M1"), "one of --person"),
        (("--photograph", "M1"), "register of photographs"),
    ],
    ids=["nobody", "platform", "none", "two", "registered"],
)
def test_what_cannot_be_erased_is_one_sentence(here, words, says):
    answer = audit("erase", SCHOOL, *words, "--reason", "A request.", "--yes", **here.environment)

    assert answer.code == 2
    assert says in answer.err


@pytest.mark.parametrize(
    ("whom", "reason"),
    [
        (("--actor", f"x:{PUPIL}"), "rosie_t asked"),
        (("--person", "P1"), "Rosalind has left"),
        (("--person", "P1"), "The Thistlewoods' request: THISTLEWOOD"),
    ],
    ids=["handle", "given-name", "surname"],
)
def test_a_reason_that_names_whom_it_is_about_is_refused(here, whom, reason):
    answer = audit("erase", SCHOOL, *whom, "--reason", reason, "--preview", **here.environment)

    assert (answer.code, "names whom" in answer.err) == (2, True)


def test_without_an_erasure_to_finish_nothing_is_done(here):
    assert "No erasure waits" in audit("erase", SCHOOL, "--resume", **here.environment).out
