"""Erases one person, account or photograph from every store of a school, and can be finished wherever it was stopped.

Each step looks for itself what is still there, so that all can be done again from the first. The journal says who is
meant until the last has been done.
"""

import hashlib
import json
import logging
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from dashboards.report.model import ReportError
from dashboards.report.signing import reseal_report
from flows.home.context import Context
from flows.home.files_verified import enter_published
from flows.home.integrity import guarded
from flows.home.settings import ConfigurationError
from flows.privacy.hold_checks import ensure_not_on_hold
from flows.privacy.own_casebook import record_on
from flows.weekly.publish import mark_corrections, write_reports
from warehouse.privacy import erasing
from warehouse.privacy.erase import erase_rows, keyed_hash
from warehouse.privacy.erased_files import files_naming, runs_of
from warehouse.privacy.erasing import Certificate
from warehouse.privacy.erasure_journal import JOURNAL, Erasure, drop_journal, read_journal, write_journal
from warehouse.privacy.subject_patterns import SubjectMatcher
from warehouse.privacy.tombstones import marks_of
from warehouse.runs.publish import publish_settled
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.store.compact import compact
from warehouse.store.places import left_overs
from warehouse.store.private_files import put_in_place

log = logging.getLogger(__name__)

CERTIFICATES = "erasures"  # the folder in the school's of the certificates


def erase(context: Context, erasure: Erasure, *, begun: Callable[[], None] = lambda: None) -> Certificate:
    """Erase, and return the certificate; ConfigurationError where a hold has been recorded since it was prepared.

    `begun` is called once the journal is written and before anything goes: a home in an object store keeps it.
    """
    with _alone(context):
        ensure_not_on_hold(context, erasure.subject)
        with guarded(context):
            write_journal(context.places.folder, context.key, erasure)
            begun()
            return _steps(context, erasure)


def resume(context: Context) -> Certificate | None:
    """Finish the erasure that was begun, if any, and return its certificate; ConfigurationError where a hold stands."""
    with _alone(context):
        erasure = read_journal(context.places.folder, context.key)
        if erasure is None:
            return None
        ensure_not_on_hold(context, erasure.subject)
        with guarded(context):
            return _steps(context, erasure)


def _steps(context: Context, erasure: Erasure) -> Certificate:
    first = (keep_tombstones, erase_from_warehouse, compact_warehouse, erase_from_casebook)
    for step in (*first, erase_from_files, drop_copies, compact_casebook):
        step(context, erasure)
    certificate = certify(context, erasure)
    note = f"Erased: certificate {certificate.number}."  # before the journal goes, which says on which requests
    record_on(context, erasure.requests, "done", note, erasure.by, is_once=True)
    drop_journal(context.places.folder)
    return certificate


def keep_tombstones(context: Context, erasure: Erasure) -> None:
    """Keep a keyed tombstone of each account, person and photograph, so that no later run collects them."""
    with context.warehouse() as db:
        marks = marks_of(db, erasure.subject)
    with context.casebook() as book:
        known = book.tombstones()
        for kind, ident in sorted(marks):
            sha256 = keyed_hash(context.names_key, kind, ident)
            if sha256 not in known:
                book.add_tombstone(platform=kind, subject_sha256=sha256, on=context.today())


def erase_from_warehouse(context: Context, erasure: Erasure) -> None:
    """Take the subject out of every table, and publish anew what readers see."""
    with context.warehouse() as db:
        erase_rows(db, erasure.subject)
        if context.places.published.exists():
            publish_settled(db, context.places.published, context.key)
            with context.casebook() as book:
                enter_published(book, context.places)


def compact_warehouse(context: Context, _erasure: Erasure) -> None:
    """Rewrite the warehouse's file: freed blocks of the old one hold what was deleted."""
    compact(context.places.warehouse, context.key)


def erase_from_casebook(context: Context, erasure: Erasure) -> None:
    """Take the subject out of decisions, marks, labels, notes, questions and logs."""
    with context.casebook() as book:
        matcher = SubjectMatcher(erasure.subject, reads_questions=True)
        erasing.erase_from(book, matcher, token=erasure.token, at=context.now())


def erase_from_files(context: Context, erasure: Erasure) -> None:
    """Write the reports that named the subject again; what cannot be written again without them is deleted."""
    places, matcher = context.places, SubjectMatcher(erasure.subject)
    named = {str(path.relative_to(places.folder)) for path in files_naming(places, matcher)} | set(erasure.files)
    if not named:
        return
    if (places.folder / JOURNAL).exists():  # a kill may come when they name nobody, and are not signed yet
        write_journal(places.folder, context.key, replace(erasure, files=tuple(sorted(named))))
    known: set[str] = set()
    if places.published.exists():
        with context.published(of_any_release=True) as copy:
            known.update(run for (run,) in copy.execute("select run_id from published.runs").fetchall())
    for run_id in known.intersection(runs_of(places, [places.folder / name for name in named])):
        write_reports(context, run_id)
    for path in files_naming(places, matcher):
        path.unlink()
    changed: defaultdict[Path, list[str]] = defaultdict(list)
    for path in (places.folder / name for name in named):
        if path.parent.parent == places.every_report:
            changed[path.parent].append(path.name)
    for folder, names in sorted(changed.items()):
        with _told_where_refused(), context.casebook() as book:
            reseal_report(book, folder, names)
    with _told_where_refused():
        mark_corrections(context)


@contextmanager
def _told_where_refused() -> Iterator[None]:
    try:  # a report that is not what was published holds up no erasure
        yield
    except ReportError as error:
        log.warning("%s", error.sentence)


def drop_copies(context: Context, _erasure: Erasure) -> None:
    """Delete the copies of the casebook that upgrades left, and what killed writes left of any file."""
    for path in left_overs(context.places):
        path.unlink(missing_ok=True)


def compact_casebook(context: Context, _erasure: Erasure) -> None:
    """Rewrite the casebook's file."""
    with context.casebook() as book:
        erasing.compact(book)


def certify(context: Context, erasure: Erasure) -> Certificate:
    """Keep the certificate in the casebook, and as a file of its own in the school's folder."""
    fields = ("token", "kind", "by_role", "by_person", "by_user", "reason", "counts", "begun_at")
    said = {name: getattr(erasure, name) for name in fields}
    with context.casebook() as book:
        certificate = erasing.certify(book, Certificate(**said, ended_at=context.now()))
    (folder := context.places.folder / CERTIFICATES).mkdir(mode=0o700, exist_ok=True)
    put_in_place(folder / f"{certificate.number}.json", _as_file(certificate))
    return certificate


def carry_certificates(here: Path, restored: Path, made: Sequence[Certificate]) -> None:
    """Keep in a restored folder each certificate of the casebook that will stand as a file, and those that lie here."""
    bodies = {f"{certificate.number}.json": _as_file(certificate) for certificate in made}
    for path in sorted((here / CERTIFICATES).glob("*.json")):
        body = path.read_bytes()
        if not any(certificate.token.encode() in body for certificate in made):
            name = f"{path.stem}-{hashlib.sha256(body).hexdigest()[:8]}.json" if path.name in bodies else path.name
            bodies[name] = body
    folder = restored / CERTIFICATES
    shutil.rmtree(folder, ignore_errors=True)
    for name, body in bodies.items():
        folder.mkdir(mode=0o700, exist_ok=True)
        put_in_place(folder / name, body)


def _as_file(certificate: Certificate) -> bytes:
    return json.dumps(asdict(certificate), indent=2, default=str).encode()


@contextmanager
def _alone(context: Context) -> Iterator[None]:
    with locked(context.places.folder, RUNNING, patience=2.0) as handle:
        if handle is None:
            raise ConfigurationError("A run of this school is under way. Wait until it ends, then erase.")
        yield
