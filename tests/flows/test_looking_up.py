"""A school that reads X from an archive, and asks X once who is behind the ids in it.

It alone proves the look-up in a run: the price said first, what is judged after it, what is never bought twice, and
each thing that stands in its way, with the sentence that says what to do.
"""

import html
import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from demo.model import XUser
from flows.home.context import Context
from flows.weekly.command import RunOptions, again
from flows.weekly.pull import pull
from flows.weekly.run import start
from tests.connectors import archives, town
from tests.flows.calling import Answer, audit
from tests.flows.few_checks import HEAD, clause
from tests.flows.own_policy import adopt
from tests.flows.village import MONDAY, SCHOOL, Village, village
from tests.simulated.moods import lasting

GONE, SUSPENDED, NEW = "9999", "9100", "9200"
PEOPLE = 104  # one too few for a page, with whom the account follows
ARCHIVE = "twitter.zip"
BEARER = f'[x_main]\nbearer = "{town.BEARER}"\n'
LIVE = '\n[live]\ndecided_by_role = "headteacher"\ndecided_on = 2026-09-01\nterms = "minute 4"\ndpia = "D7"\n'
LOOK_UP = ("--look-up-followers",)


def write_archive(here: Village, *more: str, made: str = "2026-11-01T20:00:00.000Z") -> None:
    """Write the archive of the school's account, with one follower who is suspended and one who is gone."""
    x = here.servers.world.x
    owner = {**archives.OWNER["account"], "accountId": town.SCHOOL}
    rows = {
        "account": [{"account": owner}],
        "profile": [archives.ABOUT],
        "follower": [archives.follow("follower", i) for i in (*x.followers[town.SCHOOL], SUSPENDED, GONE, *more)],
        "following": [archives.follow("following", i) for i in x.following[town.SCHOOL]],
        "tweets": [],
    }
    members = archives.members(rows)
    members["data/manifest.js"] = archives.manifest({name: len(value) for name, value in rows.items()}, made=made)
    archives.zipped(here.places.folder / ARCHIVE, members)


def read_from_archive(folder: Path, credentials: str = BEARER) -> None:
    """Let the school read its X account from the archive and ask few checks; it has no channel."""
    settings = folder / "school.toml"
    before, rest = settings.read_text().split('[[account]]\nplatform = "youtube"')
    account = before.replace(
        'credential = "x_main"', f'credential = "x_main"\nreads = "archive"\narchive = "{ARCHIVE}"'
    )
    settings.write_text(account + rest[rest.index("[registers]") :])
    (folder / "credentials.toml").write_text(credentials)
    checks = ("pupil_follower", "staff_follower", "following_person")
    adopt(folder, policy=None, pack=HEAD + "".join(map(clause, checks)))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Village]:
    with village(tmp_path, followers=PEOPLE - 3, has_warehouse=True) as made:
        x = made.servers.world.x
        x.users[SUSPENDED] = XUser(SUSPENDED, "suspended", "Somebody", town.NOW, suspended=True)
        x.users[NEW] = XUser(NEW, "new", "Somebody New", town.NOW)
        read_from_archive(made.places.folder)
        write_archive(made)
        yield made


def run(here: Village, *words: str, day: str = "2026-11-02", **values: str) -> Answer:
    return audit("run", SCHOOL, "--as-of", day, *words, **{**here.environment, **values})


def asked(here: Village, sql: str) -> list[dict[str, object]]:
    told = audit("ask", SCHOOL, sql, "--purpose", "counting", "--format", "json", **here.environment)
    return list(json.loads(told.out))


def test_nobody_is_judged_until_the_ids_are_looked_up_and_then_once_for_the_price_that_was_said(here) -> None:
    without, nothing_asked = run(here), here.servers.meter.requests
    coverage = "select check_id, verdict, fetched, judged, why from published.coverage order by check_id"
    before = {row["check_id"]: row for row in asked(here, coverage)}
    first_page = (here.places.reports("2026-11-02") / "index.html").read_text()

    answer = run(here, *LOOK_UP)
    after = {row["check_id"]: row for row in asked(here, coverage)}
    bought = here.servers.meter.usd
    twice = run(here, *LOOK_UP)

    assert (without.code, answer.code, twice.code) == (0, 0, 0), without.said + answer.said + twice.said
    assert nothing_asked == ()
    assert (before["pupil_follower"]["judged"], before["pupil_follower"]["verdict"]) == (0, "could_not_tell")
    assert "105 followers are bare ids; looking them up at X would cost about $1.05" in str(before["pupil_follower"])
    command = f"To look everybody up once: audit run {SCHOOL} --look-up-followers (106 bare ids in all lists, at most"
    assert f"{command} $1.06)." in str(before["pupil_follower"]["why"])
    assert first_page.count("Not everybody on the lists could be judged.") == 1
    assert html.escape(f"{command} $1.06).") in first_page
    assert answer.err == "Looking up 106 accounts at X costs at most $1.06; the run's budget allows $5.00.\n"
    assert "x_profiles: complete, 106 rows\n" in answer.out
    assert after["pupil_follower"]["verdict"] == after["staff_follower"]["verdict"] == "exceptions"
    assert (after["pupil_follower"]["fetched"], after["pupil_follower"]["judged"]) == (105, 103)
    assert "1 follower is suspended at X. 1 follower is at X no more." in str(after["pupil_follower"]["why"])
    assert str(after["following_person"]["why"]).startswith("@OusterlyVale has 1 followed account; all were judged. ")
    assert bought == here.servers.meter.usd == Decimal("1.040")
    assert twice.err == "No account is to be looked up at X: each was asked for already. It costs nothing.\n"
    assert asked(here, "select source, requests, usd::text as usd from published.costs") == [
        {"source": "x_profiles", "requests": 2, "usd": "1.0400"}
    ]


def looked_up(context: Context) -> str:
    """Read the archive and look up whom it names, as a run does; return how the look-up ended."""
    start(context)
    assert pull(context, f"x_archive:{town.SCHOOL}").state == "complete"
    return pull(context, "x_profiles").state


def test_next_week_only_those_who_are_new_are_bought(here) -> None:
    first = looked_up(here.context()), here.servers.meter.usd
    here.servers.meter.clear()
    write_archive(here, NEW, made="2026-11-08T20:00:00.000Z")
    second = looked_up(here.context(MONDAY + timedelta(days=7))), here.servers.meter.usd

    assert first == ("complete", Decimal("1.040"))
    assert second == ("complete", Decimal("0.010"))


def test_a_look_up_that_ends_in_the_middle_goes_on_where_it_stopped_and_its_money_is_counted(here) -> None:
    settings = here.places.folder / "school.toml"
    settings.write_text(settings.read_text() + '\n[budget]\nusd_per_run = "1.06"\n')
    here.servers.moods.set("x", "/2/users", ["ok", lasting("402")])
    cut = looked_up(here.context())
    here.servers.moods.clear()

    answer = run(here, *LOOK_UP)

    assert (cut, answer.code) == ("partial", 0), answer.said
    assert answer.err.startswith(
        "Looking up 6 accounts at X costs at most $0.06; the run's budget allows $0.06 of $1.06."
    )
    assert here.servers.meter.usd == Decimal("1.040")


def test_a_key_that_x_refuses_leaves_the_archive_judged_as_far_as_it_goes(here) -> None:
    here.servers.moods.set("x", "/2/users", [lasting("401")])

    answer = run(here, *LOOK_UP)

    assert answer.code == 3, answer.said
    assert "x_profiles: failed, 0 rows\n  X answered GET /2/users with status 401. Renew this account's" in answer.out
    assert f"To finish this run: audit run {SCHOOL} --as-of 2026-11-02 --look-up-followers\n" in answer.out
    assert asked(here, "select count(*) as n from published.followers") == [{"n": 105}]


def without_key(folder: Path) -> None:
    settings = folder / "school.toml"
    settings.write_text(settings.read_text().replace('credential = "x_main"\n', ""))


def with_budget(folder: Path) -> None:
    settings = folder / "school.toml"
    settings.write_text(settings.read_text() + '\n[budget]\nusd_per_run = "1.00"\n')


def read_live(folder: Path) -> None:
    settings = folder / "school.toml"
    settings.write_text(settings.read_text().replace(f'reads = "archive"\narchive = "{ARCHIVE}"\n', ""))


IN_THE_WAY = {
    "no key is named": (without_key, (), "Looking up followers needs a key of X's, and a bearer token is enough: put"),
    "the key is not there": (
        lambda folder: (folder / "credentials.toml").write_text(""),
        (),
        "credentials.toml has no [x_main], which school.toml names for @OusterlyVale.",
    ),
    "the key is of another form": (
        lambda folder: (folder / "credentials.toml").write_text('[x_main]\ntoken = "t"\n'),
        (),
        "[x_main] in credentials.toml is no whole key: an X credential needs bearer, or consumer_key",
    ),
    "the budget is too small": (
        with_budget,
        (),
        "Looking up 106 accounts at X costs at most $1.06; the run's budget allows $1.00. Raise usd_per_run",
    ),
    "no account is read from an archive": (read_live, (), "--look-up-followers is for accounts that are read from"),
    "X is left out": (lambda _folder: None, ("--only", "youtube"), "--look-up-followers asks X, which --only leaves"),
    "the archive is none": (
        lambda folder: (folder / ARCHIVE).write_text("a web page"),
        (),
        "The X archive twitter.zip is not a whole zip file: ask X for a new archive",
    ),
}


def test_whatever_stands_in_its_way_is_told_in_a_sentence_before_anything_is_asked_or_written(tmp_path) -> None:
    for number, (spoil, words, says) in enumerate(IN_THE_WAY.values()):
        with village(tmp_path / str(number), followers=PEOPLE - 3) as here:
            read_from_archive(here.places.folder)
            write_archive(here)
            spoil(here.places.folder)

            answer = run(here, *LOOK_UP, *words)

            assert (answer.code, answer.out) == (2, "")
            assert answer.err.startswith(says), answer.err
            assert here.servers.meter.requests == ()
            assert not here.places.warehouse.exists()


def test_a_look_up_at_the_real_x_needs_the_schools_decision_and_its_price_does_not(here) -> None:
    real = {"AUDIT_MEDIA_URL": "", "AUDIT_X_URL": "http://127.0.0.1:9"}
    without_key(here.places.folder)

    priced = run(here, "--dry-run", *LOOK_UP, **real)
    refused = run(here, *LOOK_UP, **real)
    settings = here.places.folder / "school.toml"
    settings.write_text(settings.read_text() + LIVE)
    decided = run(here, *LOOK_UP, **real)

    assert (priced.code, refused.code, decided.code) == (0, 2, 2), priced.said
    assert "106 resources  $1.06" in priced.out
    assert "In all about $1.06 of $5.00" in priced.out
    assert refused.err.startswith("A live pull needs a recorded decision: fill in [live] in school.toml")
    assert refused.err.endswith("or leave out --look-up-followers and --online.\n")
    assert decided.err.startswith("Looking up followers needs a key of X's")


def test_doctor_counts_the_bare_ids_with_their_price_and_command_until_they_are_looked_up(here) -> None:
    before = audit("doctor", SCHOOL, **here.environment)
    looked_up(here.context())
    after = audit("doctor", SCHOOL, **here.environment)

    assert (
        "x @OusterlyVale followers: 105 followers and 1 followed account are bare ids: nobody can be judged by them; "
        f"looking them up costs $1.06: audit run {SCHOOL} --look-up-followers\n"
    ) in before.out
    assert "followers: X showed nothing of 2 accounts when it was asked; the others are known.\n" in after.out


def test_the_command_that_goes_on_with_a_look_up_looks_up_too() -> None:
    told = again("s", "2026-11-02", RunOptions(only="x", looks_up=True))

    assert told == "audit run s --as-of 2026-11-02 --only x --look-up-followers"
