"""Puts the accounts of drawn people together, piece by piece: the bio, its facts, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from engines.people.model import RegisterPerson
from engines.text.latin import latin_letters
from tests.bench.people.world_names import drawn_display, drawn_handle, gamer_tag

if TYPE_CHECKING:
    from tests.bench.people.worlds import World

AS_OF = date(2026, 11, 20)
Shown = tuple[str, str | None, str | None, str | None]  # handle, name shown, bio, location
_DATES = (
    "%d/%m/%y",
    "%d.%m.%Y",
    "%d-%m-%y",
    "%d/%m/%Y",
    "%d %b %Y",
    "%d %B",
    "%Y-%m-%d",
    "%d%m%y",
    "%d|%m|%y",
    "born %d.%m.%y",
)


def _facts(one: World, person: RegisterPerson, houses: Sequence[str]) -> list[str]:
    """Return drawn facts of a pupil's profile, each as it may be written."""
    draw, school = one.chance, one.school
    born, year = person.date_of_birth or AS_OF, (person.year_group or "").removeprefix("Y")
    age = AS_OF.year - born.year - ((AS_OF.month, AS_OF.day) < (born.month, born.day))
    name = draw.choice((school.name, *school.aliases, *school.aliases))
    of_school = draw.choice(
        (name, name.lower(), f"@ {name}", f"{name} {draw.choice(('pupil', 'student', ''))}".strip())
    )
    known = [
        of_school,
        of_school,
        draw.choice((f"y{year}", f"year {year}", f"Year {year}", f"yr{year}", f"Y{year}"))
        if year != "R"
        else "reception",
        draw.choice((f"{age}", f"{age} yrs old", f"i'm {age}", f"age {age}", f"{age}yo")),
        person.class_name or "",
        born.strftime(draw.choice(_DATES)),
        draw.choice((f"{houses[zlib_place(person.person_id, len(houses))]} house", school.town or "")),
    ]
    facts = draw.sample(known, draw.choice((0, 1, 1, 2, 2, 3)))
    return facts + [one.word("hobbies") for _ in range(draw.choice((0, 0, 1, 2)))]


def zlib_place(ident: str, size: int) -> int:
    """Return a place that an id always falls upon."""
    return sum(map(ord, ident)) % size


def _bio(one: World, pieces: Sequence[str], first: str = "") -> str | None:
    pieces = list(pieces)
    one.chance.shuffle(pieces)
    return one.word("separators").join([*([first] if first else []), *pieces]) or None


def pupil(one: World, person: RegisterPerson, houses: Sequence[str]) -> tuple[str, Shown]:
    """Return a drawn account of a pupil, and the family of its style."""
    draw = one.chance
    first, _, middle = (person.given_names or "").partition(" ")
    given, surname = person.known_as or first, person.surname or ""
    if person.known_as:
        surname, middle = person.given_names or "", ""
    handle, family = drawn_handle(one, given, surname, person.date_of_birth, middle)
    facts, display, start = _facts(one, person, houses), drawn_display(one, given, surname), ""
    where = draw.random()
    if where < 0.12:
        display, family = None, "tag"
        facts.append(one.word("tags").replace("{h}", handle))
        handle = gamer_tag(one)
    elif where < 0.24:
        handle, family = gamer_tag(one), "bio_name"
        display, start = None, draw.choice((given, f"{given} {surname}", f"{given} {surname[:1]}"))
    location = draw.choice((None, None, None, one.school.town, "UK", "🏠"))
    return family, (handle, display, _bio(one, facts, start), location)


def joint(one: World, person: RegisterPerson, other: RegisterPerson, houses: Sequence[str]) -> Shown:
    """Return an account that two friends, or a brother and a sister, have together."""
    names = [(each.known_as or (each.given_names or "").split()[0]) for each in (person, other)]
    sign = one.chance.choice((" & ", " and ", " + ", " n ", " x ", " / "))
    handle = one.chance.choice(("and", "_", "n", "_and_", ".")).join(map(latin_letters, names))
    return handle, sign.join(names) if one.chance.random() < 0.7 else None, _bio(one, _facts(one, person, houses)), None


def staff(one: World, person: RegisterPerson) -> tuple[str, Shown]:
    """Return a drawn account of a member of staff, and the family of its style."""
    draw, title, surname = one.chance, person.title or "", person.surname or ""
    given, job = (person.given_names or "").split()[0], (person.job_title or "").lower()
    subject = job.split()[0]
    pieces = [
        draw.choice((job, person.job_title or "", f"{subject} teacher")),
        draw.choice((one.school.name, *one.school.aliases, "")),
    ]
    bio = _bio(one, [piece for piece in pieces if piece and draw.random() < 0.75])
    family = draw.choice(("titled_initial", "titled", "whole", "former"))
    letters = latin_letters(surname)
    if family == "titled_initial":
        handle = draw.choice(("_", "")).join(
            (title.lower(), letters[:1], draw.choice(("teaches", subject, "class", "teach")))
        )
        return family, (handle, draw.choice((None, f"{title} {surname[:1]}")), bio, None)
    if family == "titled":
        return family, (
            f"{title}{surname}{draw.choice(('', '_', subject))}".lower().replace(" ", ""),
            f"{title} {surname}",
            bio,
            None,
        )
    if family == "former" and person.other_names:
        shown = draw.choice((f"{given} {person.other_names}", f"{given} {surname} (née {person.other_names})"))
        return family, (f"{latin_letters(given)}.{latin_letters(person.other_names)}", shown, bio, None)
    return "whole", (drawn_handle(one, given, surname, None)[0], f"{given} {surname}", bio, None)


def relative(one: World, person: RegisterPerson, child: RegisterPerson, kind: str) -> Shown:
    """Return an account of a child's parent, or of another relative, who speaks of the child or not."""
    draw, word = one.chance, one.word(kind)
    given, surname, child_name = (
        person.given_names or "",
        person.surname or "",
        (child.known_as or child.given_names or "").split()[0],
    )
    base = latin_letters(given) + latin_letters(surname)
    handle = draw.choice(
        (
            base,
            f"{latin_letters(word)}{latin_letters(given)}",
            f"{latin_letters(child_name)}s{latin_letters(word)}",
            f"{base}_{draw.randrange(99)}",
        )
    )
    said = draw.choice(
        (
            f"{word} to {child_name}",
            f"{word} of {draw.randrange(1, 5)}",
            f"{child_name}'s {word}",
            f"{word} 💕 {child_name}",
            word.capitalize(),
        )
    )
    return (
        handle,
        draw.choice((f"{given} {surname}", given, f"{word.title()} {given}")),
        _bio(one, [said, *([one.school.name] if draw.random() < 0.3 else [])]),
        None,
    )


def namesake(one: World, person: RegisterPerson, school: str) -> Shown:
    """Return an account of somebody else of a pupil's name, at the school that it names, or who says nothing."""
    draw, first = one.chance, (person.given_names or "").split()[0]
    given, surname = person.known_as or first, (person.given_names if person.known_as else person.surname) or ""
    handle, _ = drawn_handle(one, given, surname, None)
    display = draw.choice((f"{given} {surname}", f"{given} {surname}", given))
    if not school:
        return handle, display, draw.choice((None, one.word("hobbies"))), None
    year = (person.year_group or "").removeprefix("Y")
    said = draw.choice(
        (
            school,
            school,
            f"at {school}",
            school.lower(),
            f"{school} pupil",
            f"{school}, {one.town()}",
            f"{school} {draw.choice(('class of', 'rugby', 'netball', 'choir'))}",
        )
    )
    facts = [
        said,
        *draw.sample(
            [f"{draw.randrange(4, 16)}", f"y{draw.randrange(1, 12)}", f"y{year}", one.word("hobbies"), one.town()],
            draw.randrange(3),
        ),
    ]
    return handle, display, _bio(one, facts), draw.choice((None, None, one.town()))


def about(one: World, person: RegisterPerson) -> Shown:
    """Return a page that others made about a pupil."""
    draw, first = one.chance, (person.given_names or "").split()[0]
    given, surname = person.known_as or first, (person.given_names if person.known_as else person.surname) or ""
    title = one.word("about").replace("{name}", f"{given} {surname}" if draw.random() < 0.6 else given)
    letters = (
        "".join(map(latin_letters, title.split()))
        if draw.random() < 0.5
        else "_".join(map(latin_letters, title.split()))
    )
    bio = draw.choice(
        (
            None,
            "dm us",
            "send pics",
            f"y{(person.year_group or '')[1:]} {one.school.aliases[0] if one.school.aliases else ''}",
            one.school.name,
            "run by friends",
            "follow for more",
        )
    )
    return letters, draw.choice((title, title.title(), f"{given} {surname}", None)), bio, None


def stranger(one: World, kind: str, given: str, surname: str, school: str) -> Shown:
    """Return an account of somebody who has nothing to do with the school, whose name may be like a pupil's."""
    draw = one.chance
    handle, _ = drawn_handle(one, given, surname, None)
    display = draw.choice((f"{given} {surname}", given, None))
    if kind == "other_child":
        pieces = draw.sample(
            [
                f"{draw.randrange(5, 16)}",
                f"y{draw.randrange(1, 12)}",
                one.word("hobbies"),
                one.town(),
                one.word("hobbies"),
            ],
            draw.randrange(4),
        )
        return handle, display, _bio(one, pieces), draw.choice((None, one.town()))
    if kind == "adult":
        return (
            handle,
            display,
            _bio(one, draw.sample([one.word("adults"), one.word("adults"), one.town()], draw.randrange(3))),
            None,
        )
    if kind == "teacher":
        return (
            f"{draw.choice(('mr', 'mrs', 'miss', 'ms'))}{latin_letters(surname)}",
            display,
            _bio(one, [one.word("jobs"), school]),
            None,
        )
    return (
        (gamer_tag(one), draw.choice((None, "⭐", gamer_tag(one))), draw.choice((None, one.word("hobbies"))), None)
        if draw.random() < 0.7
        else (handle, display, draw.choice((None, one.word("adults"), one.word("hobbies"))), None)
    )
