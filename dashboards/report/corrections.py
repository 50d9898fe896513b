"""Corrections: what a report says of a case whose challenge was upheld stands corrected, on every page of that report.

A report that was written before the answer, and has the case, is marked; so is the first one after it. The mark is a
banner on each page, CORRECTIONS.html beside the tables, and the manifest's new hashes: nothing else of it changes.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from dashboards.report.manifest import FILE_NAME, read_manifest
from dashboards.report.model import COUNTS_ONLY, ReportError
from dashboards.report.signing import ensure_as_entered, reseal_report
from dashboards.report.small_numbers import band
from dashboards.report.templating import environment
from dashboards.report.words import count, day, listed
from dashboards.report.write import STEMS, put_in_place
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.challenges import Challenge, Challenges

SIDECAR = "CORRECTIONS.html"
_MAIN = '<main id="main">\n'
_BANNER = re.compile(r"<!-- corrected -->.*?<!-- /corrected -->\n", re.DOTALL)
_PAGES_OF_COUNTS = frozenset(f"{STEMS[tier][0]}.html" for tier in COUNTS_ONLY)
_READ = (".html", ".json", ".csv")


def correct_reports(
    book: Casebook, reports: Path, finished: Mapping[str, datetime], *, is_sealed: bool = True
) -> tuple[str, ...]:
    """Mark every run's report below this folder that an upheld challenge corrects; return the runs whose files changed.

    `finished` is when each published run ended, with its zone; a report whose run is not among them is an earlier one.
    Each is signed and entered as it is marked, but for a copy that is thrown away (`is_sealed`). One that is not what
    was published is left as it is: ReportError, once all others are marked.
    """
    upheld = Challenges(book).upheld()
    after = {challenge.fingerprint: _first_after(challenge, finished) for challenge in upheld}
    changed, refused = [], []
    for folder in sorted(path for path in reports.glob("*") if path.is_dir()):
        here = [each for each in upheld if _is_corrected_in(folder, each, finished, after[each.fingerprint])]
        try:
            if here and _mark(book if is_sealed else None, folder, here):
                changed.append(folder.name)
        except ReportError as error:
            refused.append(error.sentence)
    if refused:
        raise ReportError(" ".join(refused))
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


def _mark(book: Casebook | None, folder: Path, corrected: Sequence[Challenge]) -> bool:
    """Write the pages of one report that are not marked so yet, then its manifest; say whether there were any.

    ReportError, and nothing is written, where a page without its banner is not what was published, or another file.
    """
    files = {SIDECAR: _sidecar(corrected).encode()}
    pages = {path.name: path.read_bytes().decode() for path in sorted(folder.glob("*.html")) if path.name != SIDECAR}
    files |= {name: _marked(name, page, corrected) for name, page in pages.items()}
    stale = {name: body for name, body in files.items() if not _is_there(folder / name, body)}
    if book is None or not (folder / FILE_NAME).is_file():
        put_in_place(stale, folder)
        return bool(stale)
    known = {written.name: written.sha256 for written in read_manifest(folder / FILE_NAME).files}
    ours = [SIDECAR, *(name for name, page in pages.items() if known.get(name, "") in _hashes(name, page, corrected))]
    ensure_as_entered(book, folder, ours)
    is_new = any(known.get(name) != hashlib.sha256(files[name]).hexdigest() for name in ours)
    if stale:
        put_in_place(stale, folder)
    if is_new:
        reseal_report(book, folder, ours)
    return bool(stale) or is_new


def _marked(name: str, page: str, corrected: Sequence[Challenge]) -> bytes:
    counts_only = name in _PAGES_OF_COUNTS  # whose readers may not read refs, so neither the link to them
    return with_banner(page, corrected, counts_only=counts_only, link=not counts_only).encode()


def _is_there(path: Path, body: bytes) -> bool:
    return path.is_file() and path.read_bytes() == body


def _hashes(name: str, page: str, corrected: Sequence[Challenge]) -> Iterator[str]:
    """Yield the hashes of a page as it is, and as it was before each correction, should a write have been cut."""
    yield hashlib.sha256(page.encode()).hexdigest()
    in_order = sorted(corrected, key=lambda each: (each.answered_at is not None, each.answered_at))
    for how_many in range(len(in_order)):
        before = [each for each in corrected if each in in_order[:how_many]]
        yield hashlib.sha256(_marked(name, page, before)).hexdigest()


def _sidecar(corrected: Sequence[Challenge]) -> str:
    made = environment("dashboards.report.templates").get_template("corrections.html")
    lines = [(each.reference, each.answered_at.date() if each.answered_at else None) for each in corrected]
    return made.render(lines=lines, says=_sentence(corrected, counts_only=False))
