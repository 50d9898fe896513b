"""Who is let in at the desk and who is not; on SQLite and on PostgreSQL alike."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text, update

from policies.roles import ONLY_TOLD, ROLES
from tests.casebooks import CASEBOOK_KEY, hash_quickly
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people import desk_credentials
from warehouse.casebook.people.desk_own import OwnSignIn
from warehouse.casebook.people.desk_people import DeskPeople, SignInError
from warehouse.casebook.people.desk_secrets import NOT_GOOD
from warehouse.casebook.people.desk_sign_in import NOT_RIGHT, TRIES_OF_ALL, TriedFrom
from warehouse.casebook.people.desk_tables import INVITATIONS, PEOPLE, SESSIONS
from warehouse.casebook.tables import TABLES

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = "k" * 64
PASSWORD = "four quiet old horses"
LEAD = "enterprise_and_technology_lead"
THOROUGH, NOBODYS = desk_credentials._HASHER, desk_credentials._NOBODYS


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    hash_quickly(monkeypatch)


@pytest.fixture
def people(book):
    """The desk's people: one Lead, who has a password."""
    return with_lead(book)


@pytest.fixture
def people_in_sqlite(tmp_path):
    """The same, for what no database has a part in."""
    with closing(Casebook(f"sqlite:///{tmp_path}/casebook.sqlite", "ousterly-vale", CASEBOOK_KEY)) as made:
        yield with_lead(made)


def with_lead(book):
    made = DeskPeople(book, key=KEY)
    made.take_invitation(made.invite("lead", LEAD, NOON), PASSWORD, NOON)
    return made


def own_of(people):
    return OwnSignIn(people._book, people._sign_in._key)


def lets_in(people, password=PASSWORD, code=None, at=NOON, name="lead"):
    try:
        return people.sign_in(name, password, code, at)
    except SignInError as refusal:
        if str(refusal) != NOT_RIGHT:
            raise
        return None


def later(**time):
    return NOON + timedelta(**time)


def test_who_takes_an_invitation_signs_in_and_out(people):
    secret = people.sign_in(" LEAD ", PASSWORD, None, NOON)
    session = people.session(secret, NOON)

    [person] = people.people()
    assert (session.person, session.begun_at) == (person, NOON)
    assert (person.sign_in_name, person.role, person.is_active) == ("lead", LEAD, True)
    assert (person.has_password, person.has_second_factor) == (True, False)
    people.end(secret, NOON)
    people.end(secret, NOON)
    assert people.session(secret, NOON) is None


def test_each_session_has_a_secret_and_a_form_token_of_its_own(people):
    first, second = lets_in(people), lets_in(people)

    assert first != second
    assert people.session(first, NOON).csrf != people.session(second, NOON).csrf
    assert people.session(first, NOON).csrf == people.session(first, NOON).csrf
    assert people.session("x" * 43, NOON) is None


@pytest.mark.parametrize(("name", "password"), [("lead", "four quiet old horse"), ("nobody", PASSWORD), ("lead", "")])
def test_an_unknown_name_and_a_wrong_password_are_refused_in_one_sentence_after_one_hash(
    people_in_sqlite, monkeypatch, name, password
):
    seen = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *words: seen.append(words[1]) or verify(*words))

    assert lets_in(people_in_sqlite, password, name=name) is None
    assert len(seen) == 1


def test_nobodys_hash_takes_as_long_as_a_new_one():
    assert not PasswordHasher().check_needs_rehash(NOBODYS)


def test_a_password_that_was_hashed_less_thoroughly_is_hashed_again(people, book, monkeypatch):
    monkeypatch.setattr(desk_credentials, "_HASHER", THOROUGH)
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    with book.engine.begin() as connection:
        connection.execute(update(PEOPLE).where(PEOPLE.c.school == book.school).values(password_hash=weak))

    assert lets_in(people)
    with book.engine.connect() as connection:
        kept = connection.execute(select(PEOPLE.c.password_hash).where(PEOPLE.c.school == book.school)).scalar()
    assert not PasswordHasher().check_needs_rehash(kept)
    assert lets_in(people)


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("lead-two", "eleven char", "A password has at least 12 characters; three or four words will do."),
        ("lead-two", "x" * 257, "A password has at most 256 characters."),
        ("lead-two", "my LEAD-two is good", "A password may not hold the sign-in name. Choose another."),
        ("a.reed@ousterly.example", "my A.Reed is good", "A password may not hold the sign-in name. Choose another."),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_the_invitation_stays_good(
    people_in_sqlite, name, password, sentence
):
    token = people_in_sqlite.invite(name, "dsl", NOON)

    with pytest.raises(SignInError) as refusal:
        people_in_sqlite.take_invitation(token, password, NOON)

    assert str(refusal.value) == sentence
    assert people_in_sqlite.take_invitation(token, PASSWORD, NOON).has_password


@pytest.mark.parametrize("name", ["", "a", "two words", "a\nb", ".a", "a" * 65, "é-lead"])
def test_a_name_that_cannot_be_one_is_refused(people_in_sqlite, name):
    with pytest.raises(SignInError, match=r"^A sign-in name has 2 to 64 small letters, figures or "):
        people_in_sqlite.invite(name, "dsl", NOON)


@pytest.mark.parametrize("role", ["parents", "line_manager", "Lead", ""])
def test_a_role_that_does_not_use_the_desk_is_refused(people_in_sqlite, role):
    sentence = f"^The desk has these roles: {', '.join(role for role in ROLES if role not in ONLY_TOLD)}.$"

    with pytest.raises(SignInError, match=sentence):
        people_in_sqlite.invite("somebody", role, NOON)
    with pytest.raises(SignInError, match=sentence):
        people_in_sqlite.change_role("lead", role, NOON)


def test_an_invitation_is_good_once_for_three_days_and_until_the_next_one(people):
    first = people.invite("dsl", "dsl", NOON)
    second = people.invite("dsl", "dsl", NOON)
    refused = []
    for token, at in (
        (first, NOON),
        ("nonsense", NOON),
        (second, later(days=3)),
        (second, later(days=2)),
        (second, NOON),
    ):
        try:
            people.take_invitation(token, PASSWORD, at)
        except SignInError as refusal:
            refused.append((token, str(refusal)))

    assert refused == [(first, NOT_GOOD), ("nonsense", NOT_GOOD), (second, NOT_GOOD), (second, NOT_GOOD)]


def test_an_invitation_that_two_take_at_once_is_taken_once(people):
    token = people.invite("dsl", "dsl", NOON)
    passwords = [f"password number {number}" for number in range(6)]

    def take(password):
        try:
            return people.take_invitation(token, password, NOON).number
        except SignInError as refusal:
            return str(refusal)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(take, passwords))

    [winner] = [password for password, answer in zip(passwords, answers, strict=True) if answer != NOT_GOOD]
    assert answers.count(NOT_GOOD) == 5
    assert lets_in(people, winner, name="dsl")


def test_two_invitations_of_one_name_at_once_make_one_person(people):
    with ThreadPoolExecutor(4) as pool:
        tokens = list(pool.map(lambda _: people.invite("dsl", "dsl", NOON), range(4)))

    assert len(set(tokens)) == 4
    assert [person.sign_in_name for person in people.people()] == ["lead", "dsl"]


def test_a_new_invitation_begins_a_person_anew(people):
    secret = lets_in(people)
    token = people.invite("lead", LEAD, NOON)
    assert people.session(secret, NOON)

    people.take_invitation(token, "another four words", NOON)

    assert people.session(secret, NOON) is None
    assert (lets_in(people), bool(lets_in(people, "another four words"))) == (None, True)


def test_an_invitation_does_not_change_the_role_of_somebody_who_is_there(people):
    with pytest.raises(SignInError, match=r"^This person has another role\. Change it with `audit desk role`"):
        people.invite("lead", "dpo", NOON)

    assert lets_in(people)


def test_after_five_wrong_tries_the_right_password_waits_fifteen_minutes_and_then_twice_as_long(people, book):
    for _ in range(5):
        assert lets_in(people, "wrong wrong wrong") is None

    assert lets_in(people, at=later(minutes=14, seconds=59)) is None
    assert lets_in(people, "wrong wrong wrong", at=later(minutes=15)) is None
    assert lets_in(people, at=later(minutes=44, seconds=59)) is None
    assert lets_in(people, at=later(minutes=45))
    for _ in range(4):
        assert lets_in(people, "wrong wrong wrong", at=later(minutes=45)) is None
    assert lets_in(people, at=later(minutes=45))
    assert [row.action for row in AccessLog(book).rows()].count("locked out") == 2


def test_tries_from_many_places_hold_up_all_but_a_browser_that_the_person_used_before(people_in_sqlite):
    people, home = people_in_sqlite, TriedFrom("home")
    for number in range(TRIES_OF_ALL + 5):
        with pytest.raises(SignInError):
            people.sign_in("lead", "wrong wrong wrong", None, NOON, TriedFrom(f"10.0.0.{number // 4}"))

    with pytest.raises(SignInError):
        people.sign_in("lead", PASSWORD, None, NOON, home)
    assert people.sign_in("lead", PASSWORD, None, NOON, TriedFrom("browser", is_known=True))
    assert people.sign_in("lead", PASSWORD, None, NOON, home)


def test_five_wrong_tries_from_one_place_hold_up_nobody_elsewhere_and_the_technician_lets_them_try(people_in_sqlite):
    people, pupil = people_in_sqlite, TriedFrom("10.0.0.9")
    for _ in range(6):
        with pytest.raises(SignInError):
            people.sign_in("lead", "wrong wrong wrong", None, NOON, pupil)

    with pytest.raises(SignInError):
        people.sign_in("lead", PASSWORD, None, NOON, pupil)
    people.unlock("lead", NOON)
    assert people.sign_in("lead", PASSWORD, None, NOON, pupil)
    assert people.sign_in("lead", PASSWORD, None, NOON, TriedFrom("10.0.0.1"))


def test_a_lock_lasts_a_day_at_most(people, book):
    with book.engine.begin() as connection:
        connection.execute(update(PEOPLE).where(PEOPLE.c.school == book.school).values(failures=4_000))
    assert lets_in(people, "wrong wrong wrong") is None

    assert lets_in(people, at=later(hours=23, minutes=59)) is None
    assert lets_in(people, at=later(hours=24))


def test_many_tries_at_once_are_no_more_than_many_in_a_row(people, book):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: lets_in(people, f"wrong password {number}"), range(12)))

    with book.engine.connect() as connection:
        assert connection.execute(select(PEOPLE.c.failures).where(PEOPLE.c.school == book.school)).scalar() == 5
    assert lets_in(people) is None


def test_a_session_ends_unused_after_eight_hours_and_in_any_case_after_a_day(people):
    secret, unused = lets_in(people), lets_in(people)

    assert people.session(unused, later(hours=8, minutes=1)) is None
    for hours in (8, 16, 24):
        assert people.session(secret, later(hours=hours))
    assert people.session(secret, later(hours=24, minutes=1)) is None


def test_rows_of_old_sessions_and_invitations_are_deleted(people, book):
    lets_in(people)
    later_on = NOON + timedelta(days=34)
    lets_in(people, at=later_on)
    people.invite("dsl", "dsl", later_on)

    with book.engine.connect() as connection:
        tables = (SESSIONS, INVITATIONS)
        rows = [connection.execute(select(table).where(table.c.school == book.school)).all() for table in tables]
    assert [len(of) for of in rows] == [1, 1]


def test_another_role_ends_the_sessions_of_its_person_alone(people):
    people.take_invitation(people.invite("dsl", "dsl", NOON), PASSWORD, NOON)
    lead, dsl = lets_in(people), lets_in(people, name="dsl")

    people.change_role("Lead", "dpo", NOON)

    assert (people.session(lead, NOON), people.session(dsl, NOON).person.role) == (None, "dsl")
    assert people.session(lets_in(people), NOON).person.role == "dpo"


def test_a_session_does_not_outlive_a_role_that_was_changed_behind_it(people, book):
    secret = lets_in(people)
    with book.engine.begin() as connection:
        connection.execute(update(PEOPLE).where(PEOPLE.c.school == book.school).values(role="headteacher"))

    assert people.session(secret, NOON) is None


def test_who_is_removed_is_out_at_once_and_comes_back_by_invitation_alone(people):
    secret, token = lets_in(people), people.invite("lead", LEAD, NOON)

    people.deactivate("lead", NOON)

    assert (people.session(secret, NOON), lets_in(people)) == (None, None)
    with pytest.raises(SignInError, match=r"^This link was used, "):
        people.take_invitation(token, PASSWORD, NOON)
    [person] = people.people()
    assert (person.is_active, person.has_password) == (False, False)
    again = people.take_invitation(people.invite("lead", "dpo", NOON), PASSWORD, NOON)
    assert (again.number, again.role, again.is_active) == (person.number, "dpo", True)


@pytest.mark.parametrize("change", ["change_role", "deactivate"])
def test_nobody_is_changed_in_a_sentence(people_in_sqlite, change):
    words = ("dpo",) if change == "change_role" else ()

    with pytest.raises(
        SignInError, match=r"^Nobody of this name uses the desk\. `audit desk people` lists who does\.$"
    ):
        getattr(people_in_sqlite, change)("somebody", *words, NOON)


def test_another_school_knows_nothing_of_these_people(people, book):
    secret, token = lets_in(people), people.invite("dsl", "dsl", NOON)
    other = DeskPeople(
        Casebook(book.engine.url.render_as_string(hide_password=False), "elsewhere", CASEBOOK_KEY), key=KEY
    )

    assert (other.people(), other.session(secret, NOON), lets_in(other)) == ((), None, None)
    with pytest.raises(SignInError, match=r"^This link was used, "):
        other.take_invitation(token, PASSWORD, NOON)
    other._book.close()


def with_second_factor(people):
    [person] = people.people()
    own = own_of(people)
    secret = pyotp.parse_uri(own.begin_second_factor(person)).secret
    own.confirm_second_factor(person, secret, pyotp.TOTP(secret).at(NOON), NOON)
    return secret


def test_a_second_factor_is_asked_for_and_each_code_is_good_once(people):
    totp = pyotp.TOTP(with_second_factor(people))
    at = later(minutes=5)

    assert people.people()[0].has_second_factor
    assert [lets_in(people, code=code, at=at) for code in (None, "", "000000", totp.at(later(minutes=3)))] == [None] * 4
    assert lets_in(people, code=f"{totp.at(at)[:3]} {totp.at(at)[3:]}", at=at)
    assert lets_in(people, code=totp.at(at), at=at) is None
    assert lets_in(people, code=totp.at(at + timedelta(seconds=30)), at=at)


def test_a_code_that_two_give_at_once_lets_one_in(people):
    code, at = pyotp.TOTP(with_second_factor(people)).at(later(minutes=5)), later(minutes=5)

    with ThreadPoolExecutor(4) as pool:
        secrets = list(pool.map(lambda _: lets_in(people, code=code, at=at), range(4)))

    assert sum(secret is not None for secret in secrets) == 1


def test_a_wrong_code_counts_as_a_wrong_try(people):
    totp = pyotp.TOTP(with_second_factor(people))
    for _ in range(5):
        assert lets_in(people, code="12345", at=later(minutes=5)) is None

    assert lets_in(people, code=totp.at(later(minutes=6)), at=later(minutes=6)) is None


def test_a_second_factor_is_kept_only_after_a_right_code_and_never_beside_another(people_in_sqlite):
    [person] = people_in_sqlite.people()
    secret = pyotp.random_base32()
    sentences = []
    for given, code in ((secret, "000000"), ("no secret", "000000")):
        with pytest.raises(SignInError) as refusal:
            own_of(people_in_sqlite).confirm_second_factor(person, given, code, NOON)
        sentences.append(str(refusal.value))
    with_second_factor(people_in_sqlite)
    with pytest.raises(SignInError) as refusal:
        own_of(people_in_sqlite).confirm_second_factor(person, secret, pyotp.TOTP(secret).at(NOON), NOON)

    assert [*sentences, str(refusal.value)] == [
        "The code is not right. Look at the telephone's clock, and give the code that it shows now.",
        "That is no second factor of this desk's. Begin again.",
        "There is a second factor already. Take it away first.",
    ]
    people_in_sqlite.take_invitation(people_in_sqlite.invite("lead", LEAD, NOON), PASSWORD, NOON)
    assert lets_in(people_in_sqlite)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (None, "The second factor cannot be read without the school's key. Start the desk where `audit run` works."),
        ("z" * 64, "Your second factor was kept with another key of the school's. Ask for a new invitation."),
    ],
)
def test_without_the_schools_key_no_second_factor_is_passed_over(people, book, key, sentence):
    totp = pyotp.TOTP(with_second_factor(people))

    with pytest.raises(SignInError) as refusal:
        DeskPeople(book, key=key).sign_in("lead", PASSWORD, totp.at(later(minutes=5)), later(minutes=5))

    assert str(refusal.value) == sentence


def test_no_password_token_code_or_secret_stands_in_a_row_a_log_or_a_repr(people, book, caplog):
    caplog.set_level(logging.DEBUG)
    token = people.invite("dsl", "dsl", NOON)
    dsl = people.take_invitation(token, "another four words", NOON)
    totp = with_second_factor_of(people, dsl)
    secret = people.sign_in("dsl", "another four words", totp.at(later(minutes=5)), later(minutes=5))
    session = people.session(secret, later(minutes=5))
    unused = people.invite("dpo", "dpo", NOON)

    with book.engine.connect() as connection:
        rows = [connection.execute(select(table)).all() for table in TABLES.sorted_tables]
        at_rest = repr(rows)
        kept = connection.execute(select(PEOPLE.c.password_hash, PEOPLE.c.totp_secret)).all()
    known = (PASSWORD, "another four words", token, unused, totp.secret, secret, session.csrf)
    assert [one for one in known if one in at_rest] == []
    assert all(row.password_hash.startswith("$argon2id$") for row in kept if row.password_hash)
    hashes = [value for row in kept for value in row if value]
    said = caplog.text + repr(session)
    assert [one for one in (*known, *hashes, "dsl@") if one in said] == []
    assert "sign_in_name" not in repr(session)


def with_second_factor_of(people, person):
    totp = pyotp.TOTP(pyotp.parse_uri(own_of(people).begin_second_factor(person)).secret)
    own_of(people).confirm_second_factor(person, totp.secret, totp.at(NOON), NOON)
    return totp


def test_an_error_of_the_casebook_says_no_value(book):
    with book.engine.connect() as connection, pytest.raises(Exception, match="no_such_table") as problem:
        connection.execute(text("select * from no_such_table where a = :a"), {"a": "a secret value"})

    assert "a secret value" not in str(problem.value)
