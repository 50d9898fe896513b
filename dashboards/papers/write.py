"""Writes the papers of one school into a folder, over papers as they were made before and over nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import dashboards.report  # noqa: F401 - the templates' words are the report's, and load with it
from dashboards.papers.papers import SchoolPapers, papers_sha256
from dashboards.report.templating import environment
from policies.errors import UserError

PAPERS = (
    "record-of-processing.html",
    "dpia.html",
    "notice-parents.html",
    "notice-pupils.html",
    "notice-staff.html",
    "notice-public.html",
    "policy-document.html",
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
