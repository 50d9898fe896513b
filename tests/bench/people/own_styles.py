"""Twenty ways of writing a handle that are on no dev set, each on invented pupils, with near misses beside them.

Ten were looked at while the matcher was made. The other ten were measured once, at the end.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from demo.school.people import registers
from demo.school.story import WEEKS
from engines.people.model import ActorProfile, RegisterPerson
from engines.text.latin import latin_letters
from tests.bench.people.sets import DevSet
from tests.bench.people.speed import AS_OF, SCHOOL, demo_actors, demo_people

EACH, CROWD = 12, 2_000
Shown = tuple[str, str | None]  # the handle and the name shown
Style = Callable[[str, str, RegisterPerson, random.Random], Shown]
_VOWELS = "aeiou"
_CUES = ("{year}", "{year} | {school}", "{school}", "{age} yrs old", "{school} {class}", "football", "", "cats | art")
_ELSEWHERE = ("Year 9, Marlcombe Academy", "23 | nurse", "{school_kind} (Leeds)", "uni of life", "", "Netherhope High")


def _consonants(name: str) -> str:
    return name[:1] + "".join(letter for letter in name[1:] if letter not in _VOWELS)


def _swapped(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, max(len(name) - 1, 2))
    return name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :]


def _dropped(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(name))
    return name[:place] + name[place + 1 :]


def _changed(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(name))
    return name[:place] + chance.choice("aeioulnrst") + name[place + 1 :]


def _born(person: RegisterPerson) -> date:
    return person.date_of_birth or date(2014, 1, 1)


SEEN: Mapping[str, Style] = {
    "surname_without_vowels": lambda given, surname, _, __: (f"{given}_{_consonants(surname)}", None),
    "surname_swapped": lambda given, surname, _, chance: (f"{given}.{_swapped(surname, chance)}", given.title()),
    "surname_dropped": lambda given, surname, _, chance: (f"{given}{_dropped(surname, chance)}", None),
    "surname_backwards": lambda given, surname, _, __: (f"{given}_{surname[::-1]}", given.title()),
    "date_of_birth": lambda given, _, person, __: (f"{given}{_born(person):%d%m%y}", given.title()),
    "day_and_month": lambda given, surname, person, __: (f"{given}{surname[0]}_{_born(person):%d%m}", None),
    "short_birth_year": lambda given, surname, person, __: (f"{given}{surname}{_born(person):%y}", None),
    "class_and_letter": lambda given, _, person, __: (f"{given}_{(person.class_name or '').lower()}x", given.title()),
    "surname_first_letters": lambda given, surname, _, __: (f"{given}{surname[:3]}x", f"{given.title()} 🌸"),
    "surname_changed": lambda given, surname, _, chance: (f"{given}.{_changed(surname, chance)}", None),
}  # fmt: skip
UNSEEN: Mapping[str, Style] = {
    "initials_and_birth_year": lambda given, surname, person, _: (
        f"{given[0]}{surname[0]}{_born(person).year}", given.title()),
    "first_letters_of_both": lambda given, surname, _, __: (f"{given[:4]}{surname[:4]}", None),
    "sounds_turned_round": lambda given, surname, _, __: (
        f"{surname[0]}{given[1:]}_{given[0]}{surname[1:]}", f"{given.title()} {surname.title()}"),
    "plural_surname": lambda given, surname, _, __: (f"{given}{surname}z", given.title()),
    "letters_apart": lambda given, surname, _, __: ("_".join(given + surname), None),
    "given_without_vowels": lambda given, surname, _, __: (f"{_consonants(given)}.{surname}", None),
    "not_just": lambda given, surname, _, __: (f"notjust{given}{surname[0]}", f"{given.title()} {surname[0].upper()}"),
    "surname_twice": lambda given, surname, _, __: (f"{given}{surname}{surname[:3]}", None),
    "figure_between": lambda given, surname, _, chance: (f"{given}{chance.randrange(1, 9)}{surname}", None),
    "all_backwards": lambda given, surname, _, __: (f"{(given + surname)[::-1]}", given.title()),
}  # fmt: skip


def own_set(styles: Mapping[str, Style], seed: str) -> DevSet:
    """Return invented pupils' accounts in these styles, and as many namesakes' elsewhere, among the demo's crowd."""
    everybody = registers(WEEKS[0])
    people, chance = demo_people(everybody), random.Random(seed)
    bearers = Counter((_called(one), _family(one)) for one in people)
    pupils = [one for one in people if one.role == "pupil" and bearers[_called(one), _family(one)] == 1
              and len(_called(one)) > 2 and len(_family(one)) > 4]  # fmt: skip
    owners = chance.sample(pupils, EACH * len(styles))
    surnames = [_family(one) for one in people if one.role == "parent"]
    actors, truth, kinds = list(demo_actors(everybody, CROWD)), {}, {}
    for place, person in enumerate(owners):
        name = list(styles)[place // EACH]
        account = f"own{place}"
        shown = styles[name](_called(person), _family(person), person, chance)
        actors.append(_account(account, shown, _bio(_CUES, person, chance)))
        truth[account], kinds[account] = frozenset({person.person_id}), f"pupil/{name}"
        actors += _near_misses(account, styles[name], person, surnames, chance)
    kinds = {actor.actor_id: kinds.get(actor.actor_id, "none") for actor in actors}
    return DevSet(f"own-{seed}", people, actors, SCHOOL, AS_OF, truth, {}, kinds)


def _near_misses(
    account: str, style: Style, person: RegisterPerson, surnames: Sequence[str], chance: random.Random
) -> list[ActorProfile]:
    """Return somebody else of the given name and another surname, and a namesake who shows that he is elsewhere."""
    born = _born(person) + timedelta(days=chance.randrange(20, 700))
    elsewhere = replace(person, date_of_birth=born, class_name=f"{chance.randrange(2, 13)}Q")
    other = style(_called(person), chance.choice(surnames), elsewhere, chance)
    namesake = style(_called(person), _family(person), elsewhere, chance)
    return [
        _account(f"{account}-other", other, chance.choice(("", "cats", "rugby", "year 8"))),
        _account(f"{account}-namesake", namesake, _bio(_ELSEWHERE[:3], person, chance)),
    ]


def _bio(texts: Sequence[str], person: RegisterPerson, chance: random.Random) -> str:
    age = AS_OF.year - _born(person).year - ((AS_OF.month, AS_OF.day) < (_born(person).month, _born(person).day))
    told = {"{year}": f"y{(person.year_group or '').removeprefix('Year ')}",
            "{school_kind}": "Ousterly Vale Primary", "{school}": "OVS",
            "{age}": str(age), "{class}": person.class_name or ""}  # fmt: skip
    text = chance.choice(texts)
    for mark, written in told.items():
        text = text.replace(mark, written)
    return text


def _account(account: str, shown: Shown, bio: str) -> ActorProfile:
    handle, name = shown
    return ActorProfile(platform="x", actor_id=account, handle=handle, display_name=name, bio=bio or None)


def _called(person: RegisterPerson) -> str:
    return latin_letters(person.known_as or (person.given_names or "").partition(" ")[0])


def _family(person: RegisterPerson) -> str:
    return latin_letters(person.surname)
