"""Writes the papers of one school into a folder, with a manifest of what they rest on."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import dashboards.report  # noqa: F401 - the templates' words are the report's, and load with it
from dashboards.papers.model import SchoolPapers, papers_sha256
from dashboards.templating import environment
from policies.errors import UserError

TEMPLATES = "dashboards.papers.templates"
PAPERS = (
    "record-of-processing.html",
    "dpia.html",
    "notice-parents.html",
    "notice-pupils.html",
    "notice-staff.html",
    "data-flow.svg",
)
MANIFEST = "manifest.json"


class PapersError(UserError):
    """The papers cannot be written; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class WrittenPapers:
    """Which papers were written, and where."""

    folder: Path
    names: tuple[str, ...]


def write_papers(papers: SchoolPapers, folder: Path) -> WrittenPapers:
    """Write every paper into a new or empty folder, or over papers made before; PapersError where others are."""
    if folder.exists() and not folder.is_dir():
        raise PapersError(f"{folder} is a file. Name a folder with --out.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise PapersError(f"{folder} holds files that are no papers of ours. Name a new or an empty folder with --out.")
    folder.mkdir(parents=True, exist_ok=True)
    texts = {name: _text(papers, name) for name in PAPERS}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    manifest = {
        "school": papers.school.id,
        "made_on": papers.made_on.isoformat(),
        "rests_on_sha256": papers_sha256(papers.school),
        "papers": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return WrittenPapers(folder, PAPERS)


def _text(papers: SchoolPapers, name: str) -> str:
    return environment(TEMPLATES).get_template(name).render(papers=papers, school=papers.school)
