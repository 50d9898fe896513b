"""The papers of one school, made from the tags of every column and from school.toml: no row of any store is read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from policies.papers import RISKS
from policies.platforms.registry import PLATFORMS
from policies.roles import title_of
from policies.school import School
from warehouse.catalogue.clocks import CLOCKS, clock_sentence
from warehouse.catalogue.tags import ColumnTag, categories, purposes, special_categories, tag_of, tags_sha256
from warehouse.privacy.stores import every_column

_OF_FILES = frozenset({"no_longer_shown", "not_looked_at", "reports"})  # what goes by these is in no table of its own
_OF_NOBODY = frozenset({"as_its_sources", "for_good", "no_person"})
_READERS = {"lead": "enterprise_and_technology_lead", "governors": "chair_of_governors"}


@dataclass(frozen=True, slots=True)
class PaperPurpose:
    """One purpose: why, on which lawful basis, what of people is kept for it, who reads it and until when."""

    says: str
    basis: str
    categories: tuple[tuple[str, str], ...]
    readers: tuple[str, ...]
    clocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperClock:
    """One clock: what it ends, in words and as the names of the tables, and when in a sentence.

    Reports and other files have no tables; what nobody can be known by is not in a notice (`is_of_people`).
    """

    what: str
    tables: tuple[str, ...]
    ends: str
    is_of_people: bool


@dataclass(frozen=True, slots=True)
class SpecialData:
    """What of people may be of a special category or about an offence: where it occurs, and in which tables."""

    what: str
    may_show: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchoolPapers:
    """All that the papers of one school say."""

    school: School
    made_on: date
    platforms: tuple[str, ...]
    purposes: tuple[PaperPurpose, ...]
    clocks: tuple[PaperClock, ...]
    roles_told: tuple[str, ...]
    told_days: int
    special: tuple[SpecialData, ...]
    stores: Mapping[str, int]  # how many tables hold something of people, by schema

    @property
    def to_complete(self) -> tuple[str, ...]:
        """What only the school can say and has not said; the papers are drafts until there is none of it."""
        return tuple(self.school.papers.to_complete())

    @property
    def risks(self) -> tuple[tuple[str, str, str | None], ...]:
        """Each risk: what may happen, what is done, and what is left, or None where the school has not said."""
        return tuple((*RISKS[risk], self.school.papers.left.get(risk)) for risk in RISKS)

    def said(self, name: str) -> str:
        """Return what the school says of this; a sentence that it is to be completed where it does not."""
        answer = getattr(self.school.papers, name)
        return (
            f"To be completed: {type(self.school.papers).model_fields[name].description}"
            if answer is None
            else str(answer)
        )

    @property
    def has_people_registers(self) -> bool:
        """Whether any register of people is read."""
        return bool({"pupils", "staff", "governors", "parents", "leavers"} & self.school.registers.keys())


def papers_of(school: School, made_on: date) -> SchoolPapers:
    """Return what the papers of this school say on this day."""
    columns = [column for column in every_column() if not column[0].startswith(("core.", "published.", "main."))]
    tags = [tag_of(*column) for column in columns]
    used = {account.platform for account in school.account}
    return SchoolPapers(
        school=school,
        made_on=made_on,
        platforms=tuple(platform.name for platform in PLATFORMS.values() if platform.id in used),
        purposes=tuple(_purpose(name, tags, school) for name in purposes()),
        clocks=_clocks(tags, school),
        roles_told=tuple(title_of(recipient.role) for recipient in school.notify),
        told_days=school.retention.platform_records,
        special=tuple(_special(tags)),
        stores=Counter(table.partition(".")[0] for table in {tag.table for tag in tags if tag.identifies}),
    )


def papers_sha256(school: School) -> str:
    """Return the SHA-256 of what the papers rest on, in hexadecimal: the tags, and what school.toml says of data."""
    parts = {"school", "account", "live", "pictures", "registers_", "notify", "desk", "retention", "papers"}
    said = school.model_dump_json(include=parts)
    return sha256(f"{tags_sha256()}\x1f{said}".encode()).hexdigest()


def _special(tags: Iterable[ColumnTag]) -> Iterator[SpecialData]:
    tags = list(tags)
    for category, may_show in special_categories().items():
        tables = _in_order(tag.table for tag in tags if tag.category == category)
        yield SpecialData(categories()[category], may_show, tables)


def _purpose(name: str, tags: Iterable[ColumnTag], school: School) -> PaperPurpose:
    says, basis = purposes()[name]
    here = [tag for tag in tags if tag.purpose == name and tag.identifies]
    words = categories()
    return PaperPurpose(
        says=says,
        basis=basis,
        categories=tuple((category, words[category]) for category in words if category in {t.category for t in here}),
        readers=_in_order(title_of(_READERS.get(role, role)) for tag in here for role in tag.audience),
        clocks=_in_order(clock_sentence(CLOCKS[tag.clock], school.retention) for tag in here),
    )


def _clocks(tags: Iterable[ColumnTag], school: School) -> tuple[PaperClock, ...]:
    made = []
    for name, clock in CLOCKS.items():
        here = [tag for tag in tags if tag.clock == name]
        tables = _in_order(tag.table for tag in here)
        if tables or name in _OF_FILES:
            is_of_people = name in _OF_FILES or (name not in _OF_NOBODY and any(tag.identifies for tag in here))
            made.append(PaperClock(clock.what, tables, clock_sentence(clock, school.retention), is_of_people))
    return tuple(made)


def _in_order(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
