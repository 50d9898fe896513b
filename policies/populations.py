"""The populations that checks count on, each declared once, in populations.toml, for checks, quality and coverage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from policies.platforms.record import Noun
from policies.platforms.registry import EVERY_PLATFORM, PLATFORMS, platforms_with
from policies.toml_text import packaged_toml

# What a member of a list gives a population as the subject of an exception: itself; a post, by any of its editions; a
# video, which is a subject beside its pictures; a picture on a post or with a comment; or the account of others that
# it brings into touch with an official one.
Subject = Literal["member", "post", "video", "picture", "actor"]

PEOPLE = ("pupils", "staff")
PHOTOGRAPHS = ("photographs",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """One population: `view` says how much of it a run saw, beside the platform's own count where there is one.

    `called` is what one of its members, and several, are called on each platform. `unjudged` says of several, then of
    one, what kept them from being judged; None where they are actors, who are bare ids on X. `subjects` are the lists
    from whose members its subjects come. `registers` are those that it is compared with. `has_partners` says that a
    subject was done with another account, whose public profile was judged with it. `is_pulled` is False for what the
    school itself keeps: no platform and no archive tells of it.
    """

    view: str
    called: Mapping[str, Noun]
    unjudged: tuple[str, str] | None = ("could not be judged", "could not be judged")
    subjects: tuple[tuple[Subject, str], ...] = ()
    registers: tuple[str, ...] = ()
    has_partners: bool = False
    is_pulled: bool = True

    def counted(self, count: int, platform: str) -> str:
        """Return so many of its members on this platform, in words."""
        noun = self.called[platform]
        return f"{count:,} {noun.singular if count == 1 else noun.plural}"


def _population(given: dict[str, Any]) -> Population:
    noun, said, on, school = (given.pop(name, None) for name in ("noun", "called", "on", "school"))
    called: dict[str, Noun] = {}
    if noun:
        called |= {platform.id: getattr(platform.words, noun) for platform in PLATFORMS.values()}
    if said:
        called |= dict.fromkeys(platforms_with(on) if on else EVERY_PLATFORM, Noun(*said))
    if school:
        called["school"] = Noun(*school)
    subjects = tuple((subject, name) for subject, lists in given.pop("subjects", {}).items() for name in lists)
    if given.pop("are_actors", False):
        given["unjudged"] = None
    given |= {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return Population(called=called, subjects=subjects, **given)


_ALL = tuple(map(_population, packaged_toml("policies", "populations.toml")["population"]))
POPULATIONS: Mapping[str, Population] = {population.view: population for population in _ALL}
PULLED: tuple[str, ...] = tuple(population.view for population in _ALL if population.is_pulled)


def compared_with(registers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the views of the populations that are compared with these registers, in order."""
    return tuple(population.view for population in _ALL if population.registers == registers)
