"""Finds, for every account, the people who may own it, with every piece of evidence about each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from checks.identity.context import ContextReader, Told
from checks.identity.counts import Counts
from checks.identity.handle import Spelt
from checks.identity.items import Weigher
from checks.identity.model import Actor, Person, SchoolNames
from checks.identity.plain import squashed
from checks.identity.reading import NameReader, Shown
from checks.identity.rest import NO_REST, RestReader, kinds_of_words
from checks.identity.roll import Known, Roll, build_roll
from checks.identity.said import Item
from checks.identity.shape import NO_PART, Part, Shape, shapes
from checks.identity.sharing import sharers

FIELDS = frozenset({"handle", "display_name", "bio"})
_SHORTEST_AFFIX, _LONGEST_AFFIX = 2, 12
_LEAST_AFFIX, _AFFIX_SHARE = 4, 0.004
_SURE_HIT = 5
_MOST_INITIALS = 4


class Candidate(NamedTuple):
    """One person who may own an account, how each text shows their name, and every piece of evidence."""

    person: int
    shapes: dict[str, Shape]
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Considered:
    """One account with everybody who may own it."""

    actor: Actor
    told: Told
    candidates: Sequence[Candidate]
    together: frozenset[int]


class Engine:
    """Holds one register against one file of accounts."""

    def __init__(
        self,
        people: Sequence[Person],
        actors: Sequence[Actor],
        school: SchoolNames,
        *,
        as_of: date | None = None,
        fields: AbstractSet[str] = FIELDS,
    ) -> None:
        self.roll: Roll = build_roll(people, has_school=bool(school.name))
        self.actors = actors
        self._as_of = as_of
        reader = NameReader(self.roll, fields)
        self._shown = [(actor, shown) for actor in actors if not (shown := reader.read(actor)).is_empty]
        seen = {(actor.handle or actor.actor_id, actor.display_name): shown.forms for actor, shown in self._shown}
        self._counts = Counts(seen.values(), len(actors), self.roll)
        places = {squashed(word) for word in (school.town, school.county) if word}
        aliases = {squashed(alias) for alias in (school.name, *school.aliases)}
        learned = _affixes(self._shown, self.roll)
        self._rest = RestReader(kinds_of_words(places, aliases, learned), self.roll)
        self._context = ContextReader(school)

    def __iter__(self) -> Iterator[Considered]:
        """Yield every account that anybody may own."""
        for actor, shown in self._shown:
            if considered := self._considered(actor, shown):
                yield considered

    def _considered(self, actor: Actor, shown: Shown) -> Considered | None:
        found = self._shapes(shown)
        if not found:
            return None
        told = self._context.read(actor, shown)
        together = sharers(found, self.roll) if told.names_two or len(shown.forms) > 1 else frozenset()
        weigher = Weigher(told, self._counts, self.roll, self._as_of)
        candidates = []
        for i, by_field in found.items():
            items = weigher.items(self.roll.known[i], by_field)
            if i in together:
                items = [item for item in items if not item[0].endswith(("other_given", "unexplained"))]
                items.append(("shared", 1.0, ""))
            candidates.append(Candidate(i, by_field, items))
        return Considered(actor, told, candidates, together)

    def _shapes(self, shown: Shown) -> dict[int, dict[str, Shape]]:
        found: defaultdict[int, dict[str, Shape]] = defaultdict(dict)
        for one, hits in shown.readings:
            for person, shape in shapes(one, hits, self.roll, self._rest):
                if "handle" not in found[person] or _worth(shape) > _worth(found[person]["handle"]):
                    found[person]["handle"] = shape
        for name, read in (("display", shown.display), ("bio", shown.bio)):
            if read:
                for person, shape in shapes(*read, self.roll, self._rest):
                    found[person][name] = shape
        for person in shown.whole[1] if shown.whole else ():
            given, _, surname = shown.whole[0].partition(" ") if shown.whole else ("", "", "")
            parts = Part("own", given, (0, 0)), Part("own", surname, (0, 0))
            found[person]["display"] = Shape(*parts, NO_REST, "plain")
        for person in shown.initials:
            found.setdefault(person, {})
        credible = {
            person: by_field
            for person, by_field in found.items()
            if not (_is_another(by_field) and self.roll.known[person].group != "parent")
        }
        return self._with_silence(credible, shown)

    def _with_silence(self, found: dict[int, dict[str, Shape]], shown: Shown) -> dict[int, dict[str, Shape]]:
        """Add what a handle or a shown name says that shows no part of this person's name."""
        handle = shown.handle.readings[0]
        for name, one in (("handle", handle), ("display", shown.display[0] if shown.display else None)):
            if one is None or not one.letters:
                continue
            silent = _silent(one, self._rest)
            for person, by_field in found.items():
                if name not in by_field:
                    by_field[name] = _initials(one, self.roll.known[person]) or silent
        return found


def _initials(one: Spelt, known: Known) -> Shape | None:
    """Return the shape of a text that is nothing but this person's initials."""
    given, surname = known.given_initials, known.surname_initials
    if not _SHORTEST_AFFIX <= len(one.letters) <= _MOST_INITIALS:
        return None
    for first in (given, given[:1]):
        if one.letters == first + surname:
            end = len(first)
            parts = Part("initial", first, (0, end)), Part("initials", surname, (end, len(one.letters)))
            return Shape(*parts, NO_REST, "plain")
    if one.letters == given:
        return Shape(Part("initial", given, (0, len(given))), NO_PART, NO_REST, "plain")
    return None


def _silent(one: Spelt, rest: RestReader) -> Shape:
    return Shape(NO_PART, NO_PART, rest.read(one, ()), "plain")


def _is_another(by_field: Mapping[str, Shape]) -> bool:
    """Say whether every text shows but one part of this person's name, beside a part of somebody else's."""
    return bool(by_field) and all(
        shape.surname.level and not shape.given.level and shape.rest.other_given for shape in by_field.values()
    )


def _worth(shape: Shape) -> float:
    levels = {
        "own": 1.0,
        "nick": 0.9,
        "part": 0.8,
        "spelt": 0.75,
        "middle": 0.6,
        "prefix": 0.7,
        "initials": 0.9,
        "initial": 0.9,
        "": 0,
    }
    names = sum(levels[part.level] * len(part.form) for part in (shape.given, shape.surname))
    return names - 0.5 * shape.rest.unexplained - (0.6 if shape.way != "plain" else 0)


def _affixes(shown: Sequence[tuple[Actor, Shown]], roll: Roll) -> frozenset[str]:
    """Return the words that many handles of this file put before or after a name: `rep`, `mrs`, `hq`."""
    met: Counter[str] = Counter()
    for handle in {actor.handle.lower(): one for actor, one in shown if actor.handle and one.readings}.values():
        one, hits = handle.readings[0]
        a, b, *_ = max(hits, key=lambda hit: hit[1] - hit[0])
        if b - a >= _SURE_HIT:
            met.update(word for word in (one.letters[:a], one.letters[b:]) if _is_affix(word, roll))
    least = max(_LEAST_AFFIX, _AFFIX_SHARE * len(shown))
    return frozenset(word for word, count in met.items() if count >= least)


def _is_affix(word: str, roll: Roll) -> bool:
    return _SHORTEST_AFFIX <= len(word) <= _LONGEST_AFFIX and word not in roll.parts
