"""Whether a text names somebody is one answer, whichever door asks: check, erasure, redaction, reason, purpose."""

import re
import unicodedata
from collections.abc import Iterator

import duckdb
import pytest

from dashboards.ask import AskError
from dashboards.ask.reasons import ensure_names_nobody
from engines.naming import PersonName, is_whole_name
from engines.words.abuse.abusive import abusive
from tests.checks.ask import ask
from tests.drawn import fill
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher
from warehouse.privacy.third_parties import OtherPerson, Redactor

PEOPLE = {
    "p01": ("Seán", "O'Neill"),
    "p02": ("Zoë", "Müller"),
    "p03": ("Anne-Marie", "Smith-Jones"),
    "p04": ("Dafydd", "Siôn"),
    "p05": ("Mary", "St. John"),
    "p06": ("Jose", "García Lopez"),
    "p07": ("Llŷr", "ap Gruffŷdd"),
    "p08": ("Caoimhe", "Ní Bhriain"),
    "p09": ("Łucja", "Wójcik-Żak"),
    "p10": ("\u0130pek", "Y\u0131ld\u0131z"),
    "p11": ("Đức Anh", "Nguyễn"),
    "p12": ("Femke", "van der Brück"),
    "p13": ("Róisín", "D\u2019Árcy"),
    "p14": ("Finlay", "McTavish"),
    "p15": ("Bjørn", "Ødegård"),
    "p16": ("Jörg", "Weiß"),
    "p17": ("Aodhán", "Mac Giolla Phádraig"),
    "p18": ("Saint", "Bonaparte-Grey"),
}
NAMES = {who: PersonName(f"{given} {surname}", given, surname) for who, (given, surname) in PEOPLE.items()}
LONE = str.maketrans("øØłŁđĐ\u0131", "oOlLdDi")
TWO = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ø": "Oe", "ß": "ss"}


def bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.translate(LONE).replace("ß", "ss"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def joined(given: str, surname: str) -> str:
    return re.sub(r"[\W_]", "", bare(f"{given}{surname}"))


def spellings(given: str, surname: str) -> Iterator[tuple[str, str]]:
    """Yield how people write a name."""
    name = f"{given} {surname}"
    yield "register", name
    yield "no accents", bare(name)
    yield "curly apostrophe", name.replace("'", "\u2019")
    yield "no apostrophe", bare(name).replace("'", "").replace("\u2019", "")
    yield "blank for hyphen", name.replace("-", " ")
    yield "surname first", f"{surname}, {given}"
    yield "tag", f"#{joined(given, surname)}"
    yield "underscore", f"{given}_{surname}"
    yield "possessive", f"{name}'s"
    yield "letters written as two", "".join(TWO.get(letter, letter) for letter in name)
    yield "accents of their own", unicodedata.normalize("NFD", name)
    yield "capitals", name.upper()
    yield "small tag", f"#{joined(given, surname).lower()}"
    yield "handle", f"@{joined(given, surname)}07"
    yield "other apostrophe", re.sub("['\u2019]", "\u02bc", name)
    yield "other hyphen and blank", name.replace("-", "\u2010").replace(" ", "\u00a0")
    yield "no dots", name.replace(".", "")
    yield "Saint", name.replace("St.", "Saint")
    yield "curly possessive", f"{bare(name)}\u2019s"
    yield "a sign that is not drawn", name[:2] + "\u200b" + name[2:]
    yield "letters that pose as Latin", name.replace("o", "\u043e").replace("a", "\u0430")


CASES = [(who, how, said) for who, name in PEOPLE.items() for how, said in spellings(*name)]
NOBODY = [
    "Sean Neilson", "Zoe Mullins", "Anne-Marie Smithers", "Anne Marie and Smith Jones", "Mary Johns",
    "Mary, Saint of John",
    "Jose Garcialo Pez", "Zoë and Müller", "Finlay Tavish", "Jörg Weisser", "Lopez Jose Maria", "Roisin", "Ødegård",
    "#SeanOLeary", "jorgweiss",
]  # fmt: skip


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    me = Subject(person_ids=frozenset({"me"}), names=frozenset({"Quilla Xanthe"}))
    return Redactor(me, [OtherPerson(who, name.forms) for who, name in NAMES.items()], [])


def matcher_of(who: str) -> SubjectMatcher:
    return SubjectMatcher(Subject(names=frozenset(filter(is_whole_name, NAMES[who].forms))))


def refused(text: str, **names: object) -> bool:
    try:
        ensure_names_nobody(text, **names)  # type: ignore[arg-type]
    except AskError:
        return True
    return False


EVERYBODY = tuple(form for name in NAMES.values() for form in name.forms)


@pytest.mark.parametrize(("who", "how", "said"), CASES, ids=[f"{who} {how}" for who, how, _ in CASES])
def test_every_door_but_the_checks_has_the_same_answer(redactor: Redactor, who: str, how: str, said: str) -> None:
    text, matcher = f"well done {said} today", matcher_of(who)

    left = matcher.without(text, "text")
    hidden = redactor.without(text, "text")

    assert (matcher.in_text(text), re.fullmatch(r"well done [#@]?\[erased\]\S* today", left) is not None) == (
        True,
        True,
    )
    assert re.fullmatch(r"well done [#@]?\[another person \d+\]\S* today", hidden), hidden
    assert refused(text, everybody=EVERYBODY)
    assert refused(text, names=NAMES[who].forms)
    assert "possessive" in how or abusive(f"{said} is a fat pig", names=NAMES[who].forms[:1])


def test_the_check_of_posts_has_the_same_answer(db: duckdb.DuckDBPyConnection) -> None:
    posts = "".join(f"a{n} | Well done {said} today\n" for n, (_, _, said) in enumerate(CASES))
    people = "".join(f"{who} | {given} | {surname}\n" for who, (given, surname) in PEOPLE.items())
    seen = f"platform | account_id | fetched | judged\nx | 100 | {len(CASES)} | {len(CASES)}"
    fill(
        db,
        named_post_coverage=seen,
        people=f"person_id | given_names | surname\n{people}",
        posts=f"post_id | text\n{posts}",
    )

    found = {one.subject_id: one.evidence["roll_id"] for one in ask(db, "pupil_named").exceptions}

    assert [case for n, case in enumerate(CASES) if found.get(f"a{n}") != case[0]] == []


@pytest.mark.parametrize("said", NOBODY)
def test_no_door_takes_another_name_for_it(said: str) -> None:
    text = f"well done {said} today"

    assert not any(matcher_of(who).in_text(text) for who in PEOPLE)
    assert not refused(text, everybody=EVERYBODY)
