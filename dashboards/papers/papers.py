"""The papers of one school, made from the tags of every column and from school.toml: no row of any store is read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib import resources

from policies.papers import BASES, RISKS
from policies.platforms.registry import PLATFORMS
from policies.requests import DAYS_TO_ACKNOWLEDGE
from policies.roles import CLEARS, HAS_TASKS, title_of
from policies.school import School
from warehouse.catalogue.clocks import CLOCKS, clock_sentence, platform_days
from warehouse.catalogue.tags import ColumnTag, categories, purposes, special_categories, tag_of, tags_sha256
from warehouse.privacy.stores import every_column

_OF_FILES = frozenset(
    {"no_longer_shown", "not_looked_at", "reports", "copies"}
)  # what goes by these is in no table of its own
_OF_NOBODY = frozenset({"as_its_sources", "no_person"})
_DAYS_IN_A_MONTH = 30.4
_SHORTEST_IN_MONTHS = 60
_READERS = {"lead": "enterprise_and_technology_lead", "governors": "chair_of_governors"}


@dataclass(frozen=True, slots=True)
class PaperPurpose:
    """One purpose: why, on which lawful basis, what of people is kept for it, and who reads it."""

    says: str
    basis: str
    categories: tuple[tuple[str, str], ...]
    readers: tuple[str, ...]


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
    platform_days: tuple[tuple[str, int], ...]  # how long what each platform of the school's told is kept
    special: tuple[SpecialData, ...]
    stores: Mapping[str, int]  # how many tables hold something of people, by schema

    @property
    def to_complete(self) -> tuple[str, ...]:
        """What only the school can say and has not said; the papers are drafts until there is none of it."""
        return tuple(self.school.papers.to_complete())

    @property
    def risks(self) -> tuple[tuple[str | None, ...], ...]:
        """Each risk: what may happen, what is done; likelihood, severity, level, what is left, its level, or None."""
        said, cases = self.school.papers, self.school.retention.cases
        return tuple(
            (
                *(says, done.format(case_days=cases), said.likelihood.get(risk), said.severity.get(risk)),
                *(said.level(risk), said.left.get(risk), said.residual.get(risk)),
            )
            for risk, (says, done) in RISKS.items()
        )

    @property
    def basis(self) -> str:
        """The lawful basis of the audit."""
        return BASES[self.school.papers.lawful_basis][0]

    @property
    def done_so(self) -> str:
        """How a notice says that something is done on that basis."""
        return BASES[self.school.papers.lawful_basis][1]

    @property
    def acknowledged_in(self) -> int:
        """In how many days a complaint is acknowledged."""
        return DAYS_TO_ACKNOWLEDGE

    @property
    def desk_roles(self) -> tuple[str, ...]:
        """The titles of the roles that may use the desk."""
        return tuple(sorted(title_of(role) for role in CLEARS | HAS_TASKS))

    def title(self, role: str) -> str:
        """Return a role's title within a sentence."""
        return title_of(role)

    def about(self, days: int) -> str:
        """Return a span of days as it is said to a child, in weeks or months."""
        if days < _SHORTEST_IN_MONTHS:
            return f"about {max(round(days / 7), 1)} weeks"
        return f"about {round(days / _DAYS_IN_A_MONTH)} months"

    def said(self, name: str) -> str:
        """Return what the school says of this; a sentence that it is to be completed where it does not."""
        answer = getattr(self.school.papers, name)
        asks = type(self.school.papers).model_fields[name].description
        return f"To be completed: {asks}" if answer is None else str(answer).removesuffix(".")

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
        platform_days=tuple(
            (platform.name, platform_days(platform.keep_days, school.retention))
            for platform in PLATFORMS.values()
            if platform.id in used
        ),
        special=tuple(_special(tags)),
        stores=Counter(table.partition(".")[0] for table in {tag.table for tag in tags if tag.identifies}),
    )


def papers_sha256(school: School) -> str:
    """Return the SHA-256 of what the papers rest on, in hexadecimal: tags, own words, what school.toml says."""
    parts = {"school", "account", "live", "pictures", "registers_", "notify", "desk", "retention", "papers"}
    said = school.model_dump_json(include=parts)
    texts = sorted(resources.files("dashboards.papers.templates").iterdir(), key=lambda file: file.name)
    words = [file.read_text(encoding="utf-8") for file in texts if file.name.endswith((".html", ".svg"))]
    return sha256("\x1f".join((tags_sha256(), said, repr(RISKS), *words)).encode()).hexdigest()


def _special(tags: Iterable[ColumnTag]) -> Iterator[SpecialData]:
    tags = list(tags)
    for category, may_show in special_categories().items():
        tables = _in_order(tag.table for tag in tags if tag.category == category)
        yield SpecialData(categories()[category], may_show, tables)


def _purpose(name: str, tags: Iterable[ColumnTag], school: School) -> PaperPurpose:
    says, basis = purposes()[name]
    basis = basis.replace(BASES["public_task"][0], BASES[school.papers.lawful_basis][0])
    here = [tag for tag in tags if tag.purpose == name and tag.identifies]
    words = categories()
    return PaperPurpose(
        says=says,
        basis=basis,
        categories=tuple((category, words[category]) for category in words if category in {t.category for t in here}),
        readers=_in_order(title_of(_READERS.get(role, role)) for tag in here for role in tag.audience),
    )


def _clocks(tags: Iterable[ColumnTag], school: School) -> tuple[PaperClock, ...]:
    made, platforms = [], {account.platform for account in school.account}
    for name, clock in CLOCKS.items():
        if name == "no_longer_shown" and "x" not in platforms:
            continue
        here = [tag for tag in tags if tag.clock == name]
        tables = _in_order(tag.table for tag in here)
        if tables or name in _OF_FILES:
            is_of_people = name in _OF_FILES or (name not in _OF_NOBODY and any(tag.identifies for tag in here))
            made.append(
                PaperClock(clock.what, tables, clock_sentence(clock, school.retention, platforms), is_of_people)
            )
    return tuple(made)


def _in_order(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
