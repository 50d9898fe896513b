"""The papers of one school, made from the tags of every column and from school.toml: no row of any store is read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import dashboards.report  # noqa: F401 - the templates' words are the report's, and load with it
from dashboards.report.templating import environment
from policies.errors import UserError
from policies.platforms.registry import PLATFORMS
from policies.roles import title_of
from policies.school import School
from warehouse.catalogue.clocks import CLOCKS, clock_sentence
from warehouse.catalogue.tags import ColumnTag, categories, purposes, tag_of, tags_sha256
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
class SchoolPapers:
    """All that the papers of one school say."""

    school: School
    made_on: date
    platforms: tuple[str, ...]
    purposes: tuple[PaperPurpose, ...]
    clocks: tuple[PaperClock, ...]
    roles_told: tuple[str, ...]
    told_days: int

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
    )


def papers_sha256(school: School) -> str:
    """Return the SHA-256 of what the papers rest on, in hexadecimal: the tags, and what school.toml says of data."""
    parts = {"school", "account", "live", "pictures", "registers_", "notify", "desk", "retention"}
    said = school.model_dump_json(include=parts)
    return sha256(f"{tags_sha256()}\x1f{said}".encode()).hexdigest()


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


PAPERS = (
    "record-of-processing.html",
    "dpia.html",
    "notice-parents.html",
    "notice-pupils.html",
    "notice-staff.html",
    "data-flow.svg",
)
MANIFEST = "manifest.json"
BESIDE = ".new"


class PapersError(UserError):
    """The papers cannot be written; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class WrittenPapers:
    """Which papers were written, and where; `kept` are those that somebody had changed, and that stand as they were.

    The new text of a kept paper is in `names` as its name with `.new` behind it.
    """

    folder: Path
    names: tuple[str, ...]
    kept: tuple[str, ...] = ()


def write_papers(papers: SchoolPapers, folder: Path) -> WrittenPapers:
    """Write every paper into a new or empty folder, or over papers as they were made before.

    A paper that somebody changed since is left as it is, and the new one is written beside it, with `.new` behind its
    name. PapersError, with nothing written, where other files are, or where such a new one was changed too.
    """
    if folder.exists() and not folder.is_dir():
        raise PapersError(f"{folder} is a file. Name a folder with --out.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise PapersError(f"{folder} holds files that are no papers of ours. Name a new or an empty folder with --out.")
    before = _hashes_before(folder)
    templates = environment("dashboards.papers.templates")
    texts = {name: templates.get_template(name).render(papers=papers, school=papers.school) for name in PAPERS}
    kept = tuple(name for name, text in texts.items() if not _is_ours(folder / name, text, before))
    places = {name: f"{name}{BESIDE}" if name in kept else name for name in PAPERS}
    for name in kept:
        if not _is_ours(folder / places[name], texts[name], before):
            raise PapersError(f"{folder / places[name]} was changed too, so nothing was written. Move it elsewhere.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, place in places.items():
        (folder / place).write_text(texts[name], encoding="utf-8")
    hashes = {name: sha256(text.encode()).hexdigest() for name, text in texts.items()}
    manifest = {
        "school": papers.school.id,
        "made_on": papers.made_on.isoformat(),
        "rests_on_sha256": papers_sha256(papers.school),
        "papers": hashes | {places[name]: hashes[name] for name in kept},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return WrittenPapers(folder, tuple(places.values()), kept)


def beside_in(folder: Path) -> tuple[str, ...]:
    """Return the new papers that stand beside changed ones in this folder, and that nobody has taken away yet."""
    return tuple(name for paper in PAPERS if (folder / (name := f"{paper}{BESIDE}")).is_file())


def _hashes_before(folder: Path) -> Mapping[str, str]:
    file = folder / MANIFEST
    if not file.exists():
        return {}
    again = "Move the papers elsewhere, or name another folder with --out."
    try:
        papers = json.loads(file.read_text(encoding="utf-8"))["papers"]
        return {str(name): str(hashed) for name, hashed in papers.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PapersError(f"{file} cannot be read, so nobody knows which papers were changed. {again}") from error


def _is_ours(file: Path, text: str, before: Mapping[str, str]) -> bool:
    """Say whether a file may be written over: it is not there, or is what was made before or is made now."""
    if not file.exists():
        return True
    return sha256(file.read_bytes()).hexdigest() in {before.get(file.name), sha256(text.encode()).hexdigest()}
