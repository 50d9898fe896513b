"""Whoever changes their own sign-in proves first that it is they, and every other session of theirs ends.

On SQLite and on PostgreSQL alike.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tests.casebooks import hash_quickly
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_command import CommandSignIn
from warehouse.casebook.people.desk_credentials import secret_in
from warehouse.casebook.people.desk_own import NOT_PROVED, OwnSignIn
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_person import DeskSession, SignInError
from warehouse.casebook.people.desk_secrets import DeskSessions
from warehouse.casebook.people.desk_sign_in import keep_factors_with
from warehouse.casebook.verify import wrong_rows

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
KEY = "k" * 64
PASSWORD, NEW = "four quiet old horses", "seven loud young ponies"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


def with_a_lead(book: Casebook) -> None:
    """Let the Lead have a password, which takes a while to be hashed."""
    people = DeskPeople(book, key=KEY)
    people.take_invitation(people.invite("lead", "enterprise_and_technology_lead", NOON), PASSWORD, NOON)


@pytest.fixture
def casebook_url(casebook_of: Callable[..., str]) -> str:
    return casebook_of(with_a_lead)


def session(book: Casebook) -> DeskSession:
    """Begin a session of the Lead's and return it as it stands."""
    [person] = DeskPeople(book, key=KEY).people()
    sessions = DeskSessions(book)
    with book.engine.begin() as connection:
        secret = sessions.begin(connection, person.number, person.role, NOON)
    begun = sessions.find(secret, NOON)
    assert begun is not None
    return begun


def with_factor(book: Casebook, own: OwnSignIn) -> tuple[DeskSession, pyotp.TOTP]:
    first = session(book)
    totp = pyotp.TOTP(secret_in(own.begin_second_factor(first.person)))
    own.set_second_factor(first, PASSWORD, totp.secret, totp.at(NOON), NOON)
    return session(book), totp


def actions(book: Casebook) -> list[str]:
    return [row.action for row in AccessLog(book).rows() if row.action != "took invitation"]


def test_a_new_password_ends_the_other_sessions_and_the_old_one_opens_nothing(book: Casebook) -> None:
    own, mine, other = OwnSignIn(book, KEY), session(book), session(book)
    assert {each.number for each in own.sessions(mine.person, NOON)} == {mine.number, other.number}

    own.change_password(mine, PASSWORD, "", NEW, NOON)

    assert [each.number for each in own.sessions(mine.person, NOON)] == [mine.number]
    people = DeskPeople(book, key=KEY)
    people.sign_in("lead", NEW, None, NOON)
    with pytest.raises(SignInError):
        people.sign_in("lead", PASSWORD, None, NOON)
    assert actions(book)[0] == "changed password"


@pytest.mark.parametrize("new", ["short", "x" * 10_000, "lead lead lead lead"], ids=["short", "long", "the name"])
def test_a_password_that_may_not_be_changes_nothing(book: Casebook, new: str) -> None:
    own, mine = OwnSignIn(book, KEY), session(book)
    with pytest.raises(SignInError):
        own.change_password(mine, PASSWORD, "", new, NOON)

    DeskPeople(book, key=KEY).sign_in("lead", PASSWORD, None, NOON)


def test_five_wrong_passwords_shut_the_way_and_say_so_in_the_log(book: Casebook) -> None:
    own, mine = OwnSignIn(book, KEY), session(book)
    for _ in range(5):
        with pytest.raises(SignInError, match="not right") as refused:
            own.change_password(mine, "wrong wrong wrong wrong", "", NEW, NOON)
        assert str(refused.value) == NOT_PROVED

    with pytest.raises(SignInError):
        own.change_password(mine, PASSWORD, "", NEW, NOON)
    assert "locked out" in actions(book)


def test_a_second_factor_is_set_once_and_goes_with_password_and_code(book: Casebook) -> None:
    own = OwnSignIn(book, KEY)
    mine, totp = with_factor(book, own)

    with pytest.raises(SignInError, match="second factor already"):
        own.confirm_second_factor(mine.person, totp.secret, totp.at(LATER), LATER)
    with pytest.raises(SignInError):
        own.take_second_factor_away(mine, PASSWORD, "", LATER)
    own.take_second_factor_away(mine, PASSWORD, totp.at(LATER), LATER)

    assert not session(book).person.has_second_factor
    assert actions(book) == ["set second factor", "took second factor away"]


@pytest.mark.parametrize(("secret", "code"), [("", "000000"), (None, "000000"), (None, "")])
def test_a_wrong_secret_or_code_sets_nothing(book: Casebook, secret: str | None, code: str) -> None:
    own, mine = OwnSignIn(book, KEY), session(book)
    made = secret_in(own.begin_second_factor(mine.person)) if secret is None else secret
    with pytest.raises(SignInError):
        own.set_second_factor(mine, PASSWORD, made, code, NOON)

    assert not session(book).person.has_second_factor


def test_without_the_school_s_key_no_second_factor_is_begun(book: Casebook) -> None:
    with pytest.raises(SignInError):
        OwnSignIn(book, None).begin_second_factor(session(book).person)


def test_the_other_sessions_can_be_ended_alone(book: Casebook) -> None:
    own, mine = OwnSignIn(book, KEY), session(book)
    session(book)
    own.end_others(mine, NOON)

    assert [each.number for each in own.sessions(mine.person, NOON)] == [mine.number]
    assert actions(book) == ["ended other sessions"]


ENDS_CODES: Mapping[str, Callable[[Casebook, DeskSession], object]] = {
    "a new password": lambda book, mine: OwnSignIn(book, KEY).change_password(mine, PASSWORD, "", NEW, NOON),
    "the others ended": lambda book, mine: OwnSignIn(book, KEY).end_others(mine, NOON),
    "a second factor": lambda book, _: with_factor(book, OwnSignIn(book, KEY)),
    "another role": lambda book, _: DeskPeople(book, key=KEY).change_role("lead", "dsl", NOON),
    "no second factor": lambda book, _: DeskPeople(book, key=KEY).reset_second_factor("lead", NOON),
    "no sign-in": lambda book, _: DeskPeople(book, key=KEY).deactivate("lead", NOON),
    "a new invitation taken": lambda book, _: DeskPeople(book, key=KEY).take_invitation(
        DeskPeople(book, key=KEY).invite("lead", "enterprise_and_technology_lead", NOON), NEW, NOON
    ),
}


@pytest.mark.parametrize("what", ENDS_CODES)
def test_a_code_for_a_command_ends_with_whatever_it_was_given_by(book: Casebook, what: str) -> None:
    mine, door = session(book), CommandSignIn(book, KEY)
    code = door.give(mine.person, "hold", NOON)

    ENDS_CODES[what](book, mine)

    with pytest.raises(SignInError):
        door.proved("lead", code, "", "hold", NOON)
    assert wrong_rows(book) == {}


def test_a_desk_that_was_begun_before_a_change_of_the_key_keeps_no_second_factor_that_nobody_could_read(
    book: Casebook,
) -> None:
    mine, totp = session(book), pyotp.TOTP(pyotp.random_base32())
    keep_factors_with(book, KEY, "n" * 64)

    with pytest.raises(SignInError, match="Have the desk begun anew, then set it"):
        OwnSignIn(book, KEY).set_second_factor(mine, PASSWORD, totp.secret, totp.at(NOON), NOON)
    assert not DeskPeople(book).people()[0].has_second_factor

    OwnSignIn(book, "n" * 64).set_second_factor(mine, PASSWORD, totp.secret, totp.at(NOON), NOON)
    assert DeskPeople(book, key="n" * 64).sign_in("lead", PASSWORD, totp.at(LATER), LATER)


def test_a_change_of_the_key_takes_along_each_factor_that_it_opens_and_is_not_stopped_by_another(
    book: Casebook,
) -> None:
    first, totp = with_factor(book, OwnSignIn(book, KEY))
    people = DeskPeople(book, key=KEY)
    people.take_invitation(people.invite("other", "dsl", NOON), PASSWORD, NOON)
    of_before = OwnSignIn(book, "b" * 64)  # a desk that was not begun anew after the last change
    other = people.people()[-1]
    theirs = pyotp.TOTP(secret_in(of_before.begin_second_factor(other)))
    of_before.confirm_second_factor(other, theirs.secret, theirs.at(NOON), NOON)

    for _ in range(2):
        keep_factors_with(book, KEY, "n" * 64)

    after = DeskPeople(book, key="n" * 64)
    assert after.sign_in(first.person.sign_in_name, PASSWORD, totp.at(LATER), LATER)
    with pytest.raises(SignInError, match="kept with another key"):
        after.sign_in("other", PASSWORD, theirs.at(LATER), LATER)
    assert wrong_rows(book) == {}
