"""Nothing is gone that was not proved: a table of what platforms leave out and of what truly ends, each row a test.

Every row has an account, or a list of one, to itself; three looks four weeks apart serve all of them. Beside the
first look stand three more: one in which no look-up answers, one without money for any, one with registers cut short.
It alone proves the word "gone" for every kind of subject against every way in which a platform leaves things out.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from checks.model import fingerprint
from flows.home.context import open_context
from flows.home.settings import Settings
from tests.casebooks import decide
from tests.demo import changes
from tests.flows.borough import PATHS, SCHOOL, Borough, Subject
from tests.flows.calling import audit
from tests.flows.housing import write_archives, write_home, write_registers
from tests.flows.proving import (
    Row,
    Seen,
    a_stranger_left_out,
    actors,
    approved,
    both,
    copied,
    corrected,
    cut,
    failing,
    lines,
    look,
    posts,
    put_right,
    reworded,
    settings_of,
    shown,
    spend,
)
from tests.flows.settling import FAMILY, film, settle
from tests.simulated.serve import serve
from warehouse.exceptions.published_cases import about

pytestmark = pytest.mark.slow
TODAY = datetime.now(UTC).date()
FIRST, SECOND, THIRD = (TODAY + timedelta(days=days) for days in (-28, 0, 28))
OLD_ARCHIVE, ARCHIVES = "7116", {15, 16}
# How the look-ups of each account fail where no list shows anything: what ends a pull comes last.
FAILURES = {**dict.fromkeys(range(1, 12), "401"), 12: "silent", 13: "429_without_reset", 14: "500"}
# The checks that rest on the registers that are cut short.
RESTING = ("pupil_follower", "governor_follower", "pupil_comment", "following_person", "withdrawn_picture")
FILLER = 100  # posts on top of those that a lost token leaves out: the pages of X hold a hundred

ROWS = (
    # Followers on X, where the account itself asks: who is left out still follows, as X says when it is asked.
    Row("the followers end 8.5 % early, without a token", 1, ["pupil"] * 3 + ["leaver"],
        cut("followers", ends_early=0.085), "open"),
    Row("five confirmed pupils are left out of the followers", 2, ["pupil"] * 5, cut("followers"), "open",
        is_confirmed=True),
    Row("a follower who left on the day on which others are left out", 2, ["teacher"], lines(changes.unfollow), "gone",
        later=""),
    Row("a good answer names hidden followers as errors", 3, ["pupil", "pupil", "governor"],
        cut("followers", tells=True), "open"),
    Row("the list of followers comes empty", 4, ["pupil", "teacher"], cut("followers", is_empty=True), "open"),
    Row("X has suspended the accounts", 5, ["pupil", "teacher"], actors(changes.suspend), "suspended",
        later="suspended"),
    Row("X has suspended a confirmed pupil's account", 5, ["pupil"], actors(changes.suspend), "suspended",
        later="suspended", is_confirmed=True),
    Row("X has suspended an account, and gives it back", 5, ["pupil"], actors(changes.suspend), "suspended",
        actors(changes.reinstate)),
    Row("who left while others were suspended is gone", 5, ["pupil"], lines(changes.unfollow), "gone", later=""),
    Row("followers rename themselves before anybody confirmed them", 6, ["named"] * 3, actors(changes.rename),
        "open|changed"),
    Row("a declared follower takes another name", 6, ["pupil"], actors(changes.rename), "open|changed"),
    Row("a follower protects the account", 6, ["pupil", "named"], actors(changes.protect), "open|changed"),
    Row("a follower deletes the account", 7, ["pupil", "teacher"], actors(changes.delete_account), "gone", later=""),
    Row("a follower follows no more", 7, ["pupil", "named"], lines(changes.unfollow), "gone", later=""),
    Row("a confirmed follower follows no more", 7, ["pupil"], lines(changes.unfollow), "gone", later="",
        is_confirmed=True),
    Row("a follower leaves and comes back", 7, ["pupil"], lines(changes.unfollow), "gone", lines(changes.follow),
        later="reopened"),
    Row("a follower renames the account and leaves", 7, ["named"],
        both(actors(changes.rename), lines(changes.unfollow)), "gone", later=""),
    Row("a protected follower is left out", 8, ["pupil"], both(actors(changes.protect), cut("followers")), "open"),
    Row("a renamed follower is left out", 8, ["named"], both(actors(changes.rename), cut("followers")), "open|changed",
        later="open|changed"),
    Row("a follower is left out twice", 8, ["pupil"], cut("followers"), "open", cut("followers")),
    Row("a follower is left out, and then leaves", 8, ["pupil"], cut("followers"), "open", lines(changes.unfollow),
        later="gone"),
    Row("X answers about fewer followers than it was asked about", 9, ["pupil", "pupil"],
        both(cut("followers"), failing("silent")), "not_seen", both(cut("followers"), failing("silent")),
        later="not_seen"),
    Row("X answers about another post that its list leaves out", 9, ["number"], cut("posts"), "open"),
    Row("X does not say who follows whom", 9, ["teacher"], both(cut("followers"), failing("unconnected")), "not_seen"),
    Row("a handle is corrected on the register", 10, ["pupil"], corrected, "gone", later="", proof="put_right"),
    # Whom the school follows.
    Row("somebody followed is left out", 1, ["followed"], cut("following"), "open"),
    Row("the list of the followed comes empty", 3, ["followed"], cut("following", is_empty=True), "open"),
    Row("the school follows somebody no more", 4, ["followed"], lines(changes.stop_following), "gone", later=""),
    Row("the school goes on following somebody", 4, ["followed"], lambda _borough, _subjects: None, "open"),
    Row("somebody followed is suspended", 5, ["followed"], actors(changes.suspend), "suspended", later="suspended"),
    # Posts and their pictures.
    Row("the posts come with 6 % left out", 1, ["number"] * 2, cut("posts"), "open"),
    Row("the posts lose the token of their second page", 2, ["number"] * 2, cut("posts", loses_token_of=1), "open"),
    Row("two withdrawn pictures are left out", 3, ["ended"] * 2, cut("posts"), "open"),
    Row("the post of a withdrawn picture is deleted", 4, ["ended"], posts(changes.delete_post), "gone", later=""),
    Row("an unapproved picture is left out", 4, ["strange"], cut("posts"), "open"),
    Row("the list of posts comes empty", 5, ["number", "strange"], cut("posts", is_empty=True), "open"),
    Row("a post is deleted", 6, ["number", "strange"], posts(changes.delete_post), "gone", later=""),
    Row("a post is edited, and the edit has an id of its own", 6, ["number"], put_right, "open|gone", later="|open",
        proof="put_right"),
    Row("a picture is approved", 7, ["strange"], approved, "gone", later="", proof="put_right"),
    Row("a post is left out, and then deleted", 8, ["number"], cut("posts"), "open", posts(changes.delete_post),
        later="gone"),
    Row("X says nothing of a post that its list leaves out", 9, ["number", "ended"],
        both(cut("posts"), failing("silent")), "not_seen"),
    # What others write, repeat, and what the school likes.
    Row("the mentions come empty", 1, ["insult", "talker"], cut("mentions", is_empty=True), "open|not_seen"),
    Row("a mention is left out", 2, ["insult"], cut("mentions"), "open"),
    Row("the quotes come empty", 3, ["quote"], cut("quotes", is_empty=True), "open"),
    Row("the reposts come empty", 3, ["sharer"], cut("reposts", is_empty=True), "open|not_seen"),
    Row("the likes come empty", 3, ["liked"], cut("likes", is_empty=True), "open|not_seen"),
    Row("a mention is deleted", 4, ["insult"], posts(changes.delete_post), "gone", later=""),
    Row("a quote is deleted", 4, ["quote"], posts(changes.delete_post), "gone", later=""),
    Row("who wrote a mention is suspended", 5, ["insult"], actors(changes.suspend), "not_seen|suspended",
        later="not_seen|suspended"),
    Row("who wrote a mention protects the account", 6, ["insult"], actors(changes.protect), "not_seen",
        later="not_seen"),
    Row("who wrote a mention deletes the account", 7, ["insult"], actors(changes.delete_account), "gone", later=""),
    Row("X answers about another mention that its list leaves out", 9, ["insult"], cut("mentions"), "open"),
    Row("X says nothing of a mention that its list leaves out", 9, ["insult"],
        both(cut("mentions"), failing("silent")), "not_seen"),
    # X by a bearer's token, which cannot ask who follows whom: the whole lists of four weeks must lack the follower.
    Row("absent from the whole lists of four weeks that a bearer read", 12, ["pupil", "teacher"],
        lines(changes.unfollow), "not_seen", later="gone", proof="absent_twice"),
    Row("confirmed, and absent from the whole lists of four weeks", 12, ["pupil"], lines(changes.unfollow), "not_seen",
        later="gone", proof="absent_twice", is_confirmed=True),
    Row("suspended, to a bearer", 14, ["pupil"], actors(changes.suspend), "suspended", later="suspended"),
    Row("absent from two lists, of which the first was short", 13, ["pupil"],
        both(lines(changes.unfollow), a_stranger_left_out), "not_seen", later="not_seen"),
    Row("left out of two lists, both short of the count", 14, ["pupil"], cut("followers"), "not_seen",
        cut("followers"), later="not_seen"),
    Row("left out once, and met again", 14, ["pupil"], cut("followers"), "not_seen"),
    Row("a post is deleted, and a bearer asks for it", 12, ["number"], posts(changes.delete_post), "gone", later=""),
    Row("a post is left out, and a bearer asks for it", 13, ["number"], cut("posts"), "open"),
    Row("a mention is deleted, and a bearer asks for it", 12, ["insult"], posts(changes.delete_post), "gone", later=""),
    # Archives, of which nothing can be asked.
    Row("absent from two archives in a row", 15, ["pupil"], lines(changes.unfollow), "not_seen", later="gone",
        proof="absent_twice"),
    Row("absent from one archive, which is read twice", 16, ["pupil"], lines(changes.unfollow), "not_seen",
        later="not_seen"),
    # YouTube.
    Row("the uploads come five videos short", 0, ["film"] * 4 + ["thumb"], cut("uploads"), "open"),
    Row("a video is deleted", 0, ["film"], posts(changes.delete_video), "gone", later=""),
    Row("a video is made private", 0, ["film", "thumb"], posts(changes.make_private), "gone", later="",
        proof="asked|put_right"),
    Row("what a video says is put right", 0, ["caption"], reworded, "gone", later="", proof="put_right"),
    Row("a video with a number in its words is left out", 0, ["caption"], cut("uploads"), "open"),
    Row("a comment is left out of its list", 0, ["remark"], cut("threads"), "open"),
    Row("a comment is deleted", 0, ["remark"], posts(changes.delete_comment), "gone", later=""),
    Row("a subscriber is left out of the list", 0, ["subscriber"], cut("subscribers"), "open"),
    Row("a subscriber subscribes in private", 0, ["subscriber"], actors(changes.subscribe_in_private), "not_seen",
        later="not_seen"),
    Row("who subscribed in public does so no more", 0, ["subscriber"], actors(changes.unsubscribe), "gone", later=""),
)  # fmt: skip


@dataclass(slots=True)
class Told:
    """All looks, and the subjects of each row by its sentence."""

    subjects: dict[str, list[Subject]]
    first: Seen
    second: Seen
    third: Seen
    blind: Seen
    poor: Seen
    short: Seen
    letters: dict[str, str] = field(default_factory=dict)

    def keys(self, *statuses: str, at: str) -> set[tuple[str, str, str]]:
        """Return the keys of the rows that may be only this at the second or third look."""
        rows = [row for row in ROWS if {*getattr(row, at).split("|")} & {*statuses}]
        return {one.key for row in rows for one in self.subjects[row.says]}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Take all six looks."""
    folder = tmp_path_factory.mktemp("proved")
    borough = Borough()
    subjects = {row.says: [settle(borough, row.place, kind) for kind in row.kinds] for row in ROWS}
    for _ in range(6):
        film(borough)
    for number in range(FILLER):
        newer = borough.post(borough.account(2), f"Lunch on day {number}.")
        newer.created_at += timedelta(days=1)
    changes.count(borough.world)
    with serve(borough.world, now=lambda: datetime.now(UTC)) as servers:
        borough.servers = servers
        yield _told(borough, subjects, folder)


def _told(borough: Borough, subjects: dict[str, list[Subject]], folder: Path) -> Told:
    settings = settings_of(borough, folder / "home")
    write_home(borough, settings)
    first = _look(borough, settings, FIRST)
    _confirm(settings, subjects)
    blind, poor = _blind(borough, subjects, _beside(settings, folder / "blind"))
    short = _short(borough, _beside(settings, folder / "short"))
    shown(borough)
    _turn(borough, subjects, "second")
    second = _look(borough, settings, SECOND)
    letters = _letters(settings, second)
    borough.servers.cuts.clear()
    _turn(borough, subjects, "third")
    third = _look(borough, settings, THIRD, but=OLD_ARCHIVE)
    return Told(subjects, first, second, third, blind, poor, short, letters)


def _look(borough: Borough, settings: Settings, day: date, *, but: str = "") -> Seen:
    folder = settings.home / SCHOOL
    write_registers(borough, folder)
    write_archives(borough, folder, day, but=but)
    ahead = max(day - TODAY, timedelta())
    return look(open_context(replace(settings, clock=lambda: datetime.now(UTC) + ahead), SCHOOL, day))


def _turn(borough: Borough, subjects: dict[str, list[Subject]], at: str) -> None:
    for row in ROWS:
        getattr(row, at)(borough, subjects[row.says])


def _confirm(settings: Settings, subjects: dict[str, list[Subject]]) -> None:
    context, now = open_context(settings, SCHOOL, FIRST), datetime.now(UTC)
    with context.casebook() as book, context.published() as copy:
        for one in (one for row in ROWS if row.is_confirmed for one in subjects[row.says]):
            known = fingerprint(one.check, one.platform, one.account_id, one.subject_id)
            said = {"until": None, "by_role": "dsl", "note": "Seen.", "about": about(copy, known)}
            decide(book, known, "confirmed", at=now, **said)


def _beside(settings: Settings, home: Path) -> Settings:
    shutil.copytree(settings.home, home)
    return replace(settings, home=home)


def _blind(borough: Borough, subjects: dict[str, list[Subject]], settings: Settings) -> tuple[Seen, Seen]:
    """Look where every list is empty and every look-up fails, then again without money for one that would answer."""
    other = shown(copied(borough))
    for row in ROWS:
        for listing in PATHS:
            cut(listing, is_empty=True)(other, subjects[row.says])
        failing(FAILURES.get(row.place, "500"))(other, subjects[row.says])
    blind = _look(other, settings, SECOND)
    shown(other)
    spend(settings, usd=blind.usd, units=blind.units)
    return blind, _look(other, settings, SECOND)


def _short(borough: Borough, settings: Settings) -> Seen:
    """Look where all lists are whole, and the registers hold one year group, no governor and half the photographs."""
    other = shown(copied(borough))
    registers = other.registers
    registers["pupils"] = [row for row in registers["pupils"] if row["year_group"] == "7"]
    registers["governors"] = []
    registers["photographs"] = [row for row in registers["photographs"] if row["consent"] != "withdrawn"]
    return _look(other, settings, SECOND)


def _letters(settings: Settings, seen: Seen) -> dict[str, str]:
    """Return a draft about each photograph whose approval has ended, by its id."""
    letters = {}
    for name in seen.takedowns:
        answer = audit("letter", SCHOOL, name, "--pupil", FAMILY, AUDIT_HOME=str(settings.home))
        assert (answer.code, answer.err) == (0, "")
        letters[name] = answer.out
    return letters


def test_all_that_the_table_names_was_found_at_the_first_look(told: Told) -> None:
    subjects = [one for row in ROWS for one in told.subjects[row.says]]

    assert len(ROWS) >= 60
    assert {told.first.status(one.key) for one in subjects} == {"new"}
    assert told.first.standing == {one.key for one in subjects}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.says)
def test_it_is_said_to_be_what_was_proved(told: Told, row: Row) -> None:
    keys = [one.key for one in told.subjects[row.says]]

    assert {told.second.status(key) for key in keys} <= {*row.status.split("|")}
    assert {told.third.status(key) for key in keys} <= {*row.later.split("|")}
    for seen in (told.second, told.third):
        assert {seen.exceptions[key]["proof"] for key in keys if key in seen.gone} <= {*row.proof.split("|")}


def test_nothing_else_is_said_to_be_gone(told: Told) -> None:
    assert told.second.gone <= told.keys("gone", at="status")
    assert told.third.gone <= told.keys("gone", at="later")
    assert told.first.gone == set()


@pytest.mark.parametrize("name", ["first", "second", "third", "blind", "poor", "short"])
def test_no_clause_is_kept_of_which_anything_stands_or_was_not_seen(told: Told, name: str) -> None:
    seen: Seen = getattr(told, name)

    standing = {check for check, _, _ in seen.standing}
    assert {check for check in standing if seen.verdicts[check] == "kept"} == set()


@pytest.mark.parametrize("name", ["blind", "poor"])
def test_what_no_list_shows_and_no_look_up_answers_for_is_not_seen(told: Told, name: str) -> None:
    seen: Seen = getattr(told, name)
    asked = {one.key for row in ROWS if row.place not in ARCHIVES for one in told.subjects[row.says]}

    assert seen.gone == set()
    assert seen.exceptions.keys() == told.first.standing
    # Who repeated a post is not asked where the posts themselves were not seen.
    assert {seen.status(key) for key in asked if key[0] != "staff_repost"} == {"not_seen"}


def test_a_register_that_was_cut_short_closes_nothing_that_rests_on_it(told: Told) -> None:
    assert told.short.gone == set()
    assert {told.short.verdicts[check] for check in RESTING} <= {"exceptions", "could_not_tell"}
    assert {told.short.status(key) for key in told.first.standing if key[0] == "staff_follower"} == {"open"}


def test_a_take_down_stands_until_its_own_place_was_asked_for(told: Told) -> None:
    gone = {one.actor_id for row in ROWS for one in told.subjects[row.says]
            if row.status == "gone" and one.check == "withdrawn_picture"}  # fmt: skip

    assert len(gone) == 2
    assert {name for name, row in told.second.takedowns.items() if row["state"] == "gone"} == gone
    for seen in (told.blind, told.poor, told.short):
        assert {name for name, row in seen.takedowns.items() if row["gone"]} == set()


def test_no_letter_says_that_a_picture_is_gone_that_nobody_asked_for(told: Told) -> None:
    down = {name for name, text in told.letters.items() if "has been taken down" in text}

    assert down == {name for name, row in told.second.takedowns.items() if row["gone"]}
    assert len(down) == 2
    assert len(told.letters) == 6
