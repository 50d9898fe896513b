"""Corrections: what a report says of a case whose challenge was upheld stands corrected, on every page of that report.

A report that was written before the answer, and has the case, is marked; so is the first one after it. The mark is a
banner on each page, CORRECTIONS.html beside the tables, and the manifest's new hashes: nothing else of it changes.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dashboards.report.manifest import FILE_NAME, Manifest, ReportFile, read_manifest
from dashboards.report.model import COUNTS_ONLY
from dashboards.report.small_numbers import band
from dashboards.report.templating import environment
from dashboards.report.words import count, day, listed
from dashboards.report.write import STEMS, put_in_place
from warehouse.casebook.challenges import Challenge

SIDECAR = "CORRECTIONS.html"
_MAIN = '<main id="main">\n'
_BANNER = re.compile(r"<!-- corrected -->.*?<!-- /corrected -->\n", re.DOTALL)
_PAGES_OF_COUNTS = frozenset(f"{STEMS[tier][0]}.html" for tier in COUNTS_ONLY)
_READ = (".html", ".json", ".csv")


def correct_reports(reports: Path, upheld: Sequence[Challenge], finished: Mapping[str, datetime]) -> tuple[str, ...]:
    """Mark every run's report below this folder that needs it, and return the runs whose files changed.

    `finished` is when each published run ended, with its zone; a report whose run is not among them is an earlier one.
    """
    after = {challenge.fingerprint: _first_after(challenge, finished) for challenge in upheld}
    changed = []
    for folder in sorted(path for path in reports.glob("*") if path.is_dir()):
        here = [each for each in upheld if _is_corrected_in(folder, each, finished, after[each.fingerprint])]
        if here and _mark(folder, here):
            changed.append(folder.name)
    return tuple(changed)


def corrections_in(
    run_id: str, fingerprints: Iterable[str], upheld: Sequence[Challenge], finished: Mapping[str, datetime]
) -> tuple[Challenge, ...]:
    """Return the upheld challenges that correct the report of a run which has the cases of these fingerprints."""
    cases = frozenset(fingerprints)
    return tuple(
        each
        for each in upheld
        if (each.fingerprint in cases and _is_before(run_id, each, finished)) or _first_after(each, finished) == run_id
    )


def with_banner(page: str, corrected: Sequence[Challenge], *, counts_only: bool, link: bool = False) -> str:
    """Return a report's page with what was corrected said before anything else; one that is there already goes."""
    bare = _BANNER.sub("", page)
    if not corrected:
        return bare
    told = environment("dashboards.report.templates").get_template("corrected.html")
    banner = told.render(says=_sentence(corrected, counts_only=counts_only), link=SIDECAR if link else None)
    return bare.replace(_MAIN, f"{_MAIN}<!-- corrected -->\n{banner}<!-- /corrected -->\n", 1)


def _sentence(corrected: Sequence[Challenge], *, counts_only: bool) -> str:
    """Return what was corrected, with refs for those who read cases, and nobody's name for anybody."""
    if counts_only:  # in the bands of every other number of these pages
        told = str(band(len(corrected)))
        return f"Cases of the audit that were challenged and found mistaken: {told}. Do not rely on them."
    how_many = count(len(corrected), "case")
    was = "was" if len(corrected) == 1 else "were"
    parts = [
        f"{each.reference} (answered {day(each.answered_at.date())})" if each.answered_at else each.reference
        for each in corrected
    ]
    return (
        f"{how_many} {was} challenged and found mistaken: {listed(parts)}. Whatever is said of it in any report or "
        "table is withdrawn. Do not act on it, and tell whoever was told."
    )


def _is_before(run_id: str, challenge: Challenge, finished: Mapping[str, datetime]) -> bool:
    at = finished.get(run_id)
    return at is None or challenge.answered_at is None or at <= challenge.answered_at


def _first_after(challenge: Challenge, finished: Mapping[str, datetime]) -> str | None:
    """Return the first run that ended after the answer; None while there is none."""
    later = [(at, run) for run, at in finished.items() if challenge.answered_at is not None]
    return min(((at, run) for at, run in later if not _is_before(run, challenge, finished)), default=(None, None))[1]


def _is_corrected_in(folder: Path, challenge: Challenge, finished: Mapping[str, datetime], after: str | None) -> bool:
    if folder.name == after:
        return True
    return _is_before(folder.name, challenge, finished) and _has_case(folder, challenge.reference)


def _has_case(folder: Path, reference: str) -> bool:
    whole_word = re.compile(rf"\b{re.escape(reference)}".encode())
    files = (path for path in folder.iterdir() if path.suffix in _READ and path.name not in {FILE_NAME, SIDECAR})
    return any(whole_word.search(path.read_bytes()) for path in files)


def _mark(folder: Path, corrected: Sequence[Challenge]) -> bool:
    """Write the pages of one report that are not marked so yet, and the manifest last; say whether there were any."""
    files = {SIDECAR: _sidecar(corrected).encode()}
    for path in sorted(folder.glob("*.html")):
        if path.name != SIDECAR:
            page = path.read_bytes().decode()
            counts_only = path.name in _PAGES_OF_COUNTS  # whose readers may not read refs, so neither the link to them
            files[path.name] = with_banner(page, corrected, counts_only=counts_only, link=not counts_only).encode()
    if (folder / FILE_NAME).is_file():
        files[FILE_NAME] = _manifest(folder, files).as_json().encode()
    stale = {name: body for name, body in files.items() if not _is_there(folder / name, body)}
    if stale:
        put_in_place(stale, folder)
    return bool(stale)


def _is_there(path: Path, body: bytes) -> bool:
    return path.is_file() and path.read_bytes() == body


def _manifest(folder: Path, files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest with the hashes of the marked pages; a page that was not the published one keeps its own."""
    manifest = read_manifest(folder / FILE_NAME)
    known = {written.name: written for written in manifest.files}
    for name, body in files.items():
        was = known.get(name)
        if was is None or name == SIDECAR or was.sha256 in _hashes_before(folder / name):
            known[name] = ReportFile(name, _sha256(body), len(body))
    return replace(manifest, files=tuple(known[name] for name in sorted(known)))


def _hashes_before(path: Path) -> frozenset[str]:
    """Return the hashes of a page as it lies there, and as it was before its banner, should a write have been cut."""
    body = path.read_bytes()
    return frozenset({_sha256(body), _sha256(_BANNER.sub("", body.decode()).encode())})


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _sidecar(corrected: Sequence[Challenge]) -> str:
    made = environment("dashboards.report.templates").get_template("corrections.html")
    lines = [(each.reference, each.answered_at.date() if each.answered_at else None) for each in corrected]
    return made.render(lines=lines, says=_sentence(corrected, counts_only=False))
