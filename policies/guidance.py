"""What to do where a case may be more than a breach of the policy, and the published guidance that it rests on.

`guidance.toml` holds it: what each nation calls the roles, the sources, what each of them says, and the steps that
stand in the place of a check's own where the evidence of an exception asks for them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from pydantic import Field, model_validator

from policies.exceptions import ExceptionFound
from policies.question import Filter
from policies.roles import with_titles
from policies.toml_text import Filled, TomlTable, packaged_toml

Nation = Literal["england", "wales", "scotland", "northern_ireland"]
DEFAULT: Nation = "england"
UNKNOWN = "No nation stands in school.toml, so the advice is England's."
_FIRST = re.compile(r"^.+?\.(?=\s|$)", re.DOTALL)


class GuidanceSource(TomlTable):
    """One published guidance or law: its title, edition, the nations that it is for, and where it is published."""

    title: Filled
    edition: Filled
    nations: tuple[Nation, ...] = Field(min_length=1)
    address: str = Field(pattern=r"^https://")
    cited_as: str | None = None


class GuidancePoint(TomlTable):
    """What a source says of a topic, in our own words, and how far it was `seen`. Only what is verified is cited."""

    topic: Filled
    source: str
    says: Filled
    verified: bool
    seen: Filled
    where: str | None = None


class AdviceStep(TomlTable):
    """What to do about those exceptions of these checks that `only` holds.

    Without `next_step` and `do_not` the check's own words stand. `owner_role` and `days_to_act` (0 is the day of the
    run) stand in the place of the check's. `otherwise` is the last sentence, for whoever finds that it is none.
    """

    checks: tuple[str, ...] = Field(min_length=1)
    only: Filter = Filter()
    topics: tuple[str, ...] = Field(min_length=1)
    owner_role: str | None = None
    days_to_act: int | None = Field(default=None, ge=0)
    next_step: str | None = None
    do_not: str | None = None
    otherwise: str | None = None


class Guidance(TomlTable):
    """All of guidance.toml."""

    titles: dict[Nation, dict[str, str]]
    phrases: dict[Nation, dict[str, str]]
    source: dict[str, GuidanceSource]
    point: tuple[GuidancePoint, ...]
    step: tuple[AdviceStep, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> "Guidance":
        topics = {point.topic for point in self.point}
        unknown = {point.source for point in self.point} - self.source.keys()
        unknown |= {topic for step in self.step for topic in step.topics} - topics
        unknown |= set(get_args(Nation)) - (self.titles.keys() & self.phrases.keys())
        if unknown:
            raise ValueError(f"guidance.toml lacks: {', '.join(sorted(unknown))}")
        return self


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about one exception, and what not; whose it is and within how many days, where a step says so."""

    next_step: str
    do_not: str
    owner_role: str | None = None
    days_to_act: int | None = None


@cache
def guidance() -> Guidance:
    """Return the guidance that ships with the program."""
    return Guidance.model_validate(packaged_toml("policies", "guidance.toml"))


def titles_in(nation: Nation | None, own: Mapping[str, str]) -> dict[str, str]:
    """Return what a school in this nation calls the roles, and what steps say there; its own titles come first."""
    told = guidance()
    return {**told.phrases[nation or DEFAULT], **told.titles[nation or DEFAULT], **own}


def nation_sentence(nation: Nation | None) -> str:
    """Return in a sentence by whose guidance advice goes, and what to write where school.toml does not say."""
    if nation is None:
        return f'{UNKNOWN} Write under [school] nation = "england", or: {", ".join(get_args(Nation)[1:])}.'
    return f"advice goes by the guidance of {nation.replace('_', ' ').title()}."


def advise(one: ExceptionFound, next_step: str, do_not: str, nation: Nation | None, *, also: str = "") -> Advice | None:
    """Return what to do about an exception, None where no step is about it and the words of its check stand.

    `next_step` and `do_not` are those words, `also` what the clause wants to be done besides. The gravest step is told
    whole, and the first sentence of each further one.
    """
    steps = [step for step in guidance().step if _is_about(step, one)]
    if not steps:
        return None
    first, *further = steps
    beside = [_first_sentence(step.next_step) for step in further if step.next_step]
    own = [first.next_step, *beside, also, first.otherwise or ""] if first.next_step else [next_step]
    what = " ".join([*own, *cited(first, nation)])
    days = [step.days_to_act for step in steps if step.days_to_act is not None]
    return Advice(
        next_step=with_titles(" ".join(what.split())),
        do_not=with_titles(" ".join((first.do_not or do_not).split())),
        owner_role=next((step.owner_role for step in steps if step.owner_role), None),
        days_to_act=min(days, default=None),
    )


def cited(step: AdviceStep, nation: Nation | None) -> list[str]:
    """Return in a sentence or two on what a step rests in a nation; none where nothing of it was verified."""
    told, where = guidance(), nation or DEFAULT
    said = [point for point in told.point if point.topic in step.topics]
    here = [point for point in said if point.verified and where in told.source[point.source].nations]
    first = {point.source: point for point in reversed(here)}  # one place of each source is enough for a reader
    if not first:
        return []
    names = [_called(told.source[name], first[name].where) for name in told.source if name in first]
    is_alike = all(set(told.source[point.source].nations) == set(get_args(Nation)) for point in said)
    return [f"See {'; '.join(names)}.", *([] if nation or is_alike else [UNKNOWN])]


def _called(source: GuidanceSource, where: str | None) -> str:
    return ", ".join(filter(None, (source.cited_as or source.title, where)))


def _is_about(step: AdviceStep, one: ExceptionFound) -> bool:
    """Say whether a step is about an exception; one that does not say of a label, or says nothing there, is not."""
    says = one.check_id in step.checks and all(one.evidence.get(label) for label in step.only.evidence)
    return says and step.only.holds(one.platform, one.concerns, one.evidence)


def _first_sentence(text: str) -> str:
    found = _FIRST.match(text.strip())
    return found[0] if found else text
