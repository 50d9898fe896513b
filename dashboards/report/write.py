"""Make a run's pages and write its report: each file is written beside its place and moved in; the manifest is last.

A killed write leaves each file either old or new, and a manifest that does not fit until the write is run again.
A page is self-contained: no script, no request, nothing that was not in the week.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb

from dashboards.report import words
from dashboards.report.clauses import counts_in_policy_order, in_policy_order, refs, shares, total
from dashboards.report.exception_groups import sections, tally
from dashboards.report.manifest import FILE_NAME, Manifest, manifest_of
from dashboards.report.model import COUNTS_ONLY, ReportError, Tier, Week
from dashboards.report.notices import lines, notices
from dashboards.report.ocsf import findings_json
from dashboards.report.read import read_run, read_week
from dashboards.report.small_numbers import in_all
from dashboards.report.story import NOTHING_TOLD, Told
from dashboards.report.templating import environment
from dashboards.report.text import coverage_csv, exceptions_csv, exceptions_json
from dashboards.report.week_summary import (
    agenda,
    caveats,
    could_not_tell,
    late_tasks,
    seen_in_part,
    seen_whole,
    summary,
    to_read,
    unseen,
)
from dashboards.report.workbook import workbook
from policies.roles import with_titles
from warehouse.casebook.chain_key import Head
from warehouse.store.private_files import settle, write_new_file

READERS: dict[Tier, str] = {
    "governors": "the governors",
    "headteacher": "the {headteacher}",
    "lead": "the {enterprise_and_technology_lead}",
    "dsl": "the {dsl}",
    "dpo": "the {dpo}",
}


def page(week: Week, *, back: str | None = None) -> str:
    """Return the page of the week's tier as one HTML document; `back` is an address that it leads back to."""
    return (
        environment("dashboards.report.templates")
        .get_template("counts.html" if week.tier in COUNTS_ONLY else "rows.html")
        .render(
            week=week,
            run=week.run,
            tier=week.tier,
            reader=with_titles(READERS[week.tier]),
            figures=(figures := tally(week)),
            summary=summary(week, figures),
            caveats=caveats(week, figures),
            notices=notices(week),
            sections=(chapters := sections(week)),
            todo=agenda(chapters),
            late=late_tasks(chapters),
            counts=counts_in_policy_order(week),
            clauses=(standings := in_policy_order(week)),
            clause_refs=refs(week),
            shares=shares(standings),
            clauses_total=total(standings),
            could_not_tell=could_not_tell(week),
            unseen=unseen(week),
            seen_in_part=seen_in_part(week),
            seen_whole=seen_whole(week),
            to_read=to_read(week.unread_texts),
            in_all=in_all,
            column_lines=lines,
            words=words,
            back=back,
        )
    )


def page_as_pdf(week: Week, marked: Callable[[str], str] = str) -> bytes:
    """Return the page of the week's tier, as it is printed, as a tagged PDF (PDF/UA-1): the same bytes each time.

    `marked` puts into the page what was corrected since, which no file beside a PDF would tell whoever is given it.
    ReportError where WeasyPrint, the extra `pdf`, or a library of Pango's is not there.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - seconds, which only who asks for a PDF waits for
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError):
        says = "A PDF needs WeasyPrint and Pango, which are not here. Install school-social-accounts-audit[pdf]"
        raise ReportError(f"{says} and Debian's libpangoft2-1.0-0, or ask for html.") from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of each rule that is for screens alone
    whole = HTML(string=marked(page(week)), url_fetcher=URLFetcher(allowed_protocols=()))
    return bytes(whole.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True))


STEMS: dict[Tier, tuple[str, str]] = {  # the page's name, and the tables' name
    "lead": ("index", "exceptions"),
    "governors": ("governors", "governors"),
    "headteacher": ("headteacher", "headteacher"),
    "dsl": ("dsl", "dsl"),
    "dpo": ("dpo", "dpo"),
}
MAKERS: dict[str, Callable[[Week], str | bytes]] = {
    "html": page,
    "csv": exceptions_csv,
    "xlsx": workbook,
    "json": exceptions_json,
}
OF_COUNTS: dict[str, Callable[[Week], str | bytes]] = {"pdf": page_as_pdf, "ocsf": findings_json}
OTHER_PAGES: tuple[Tier, ...] = ("governors", "dsl", "dpo")


def write_report(
    db: duckdb.DuckDBPyConnection,
    folder: Path,
    *,
    run_id: str,
    tier: Tier = "lead",
    formats: Sequence[str] = tuple(MAKERS),
    told: Told = NOTHING_TOLD,
    head: str = "",
    marked: Callable[[str], str] = str,
) -> list[Path]:
    """Write one tier's report of a run into the folder and return the paths, in the order of the formats.

    `db` is a read-only connection to the published copy, `told` what it does not have; `marked` is as of
    `page_as_pdf`. ReportError for an unknown run, tier or format.
    """
    files = _files(replace(read_week(db, run_id=run_id, tier=tier, told=told), head=head), formats, marked)
    put_in_place(files, folder)
    return [folder / name for name in files]


def write_run(
    db: duckdb.DuckDBPyConnection,
    folder: Path,
    *,
    run_id: str,
    code_version: str,
    told: Told = NOTHING_TOLD,
    head: Head | None = None,
) -> Manifest:
    """Write everything that is published of a run into the run's own folder, and return its manifest.

    `db` is a read-only connection to the published copy, `told` what it does not have, `head` that of the casebook's
    chain, which every page prints. ReportError for an unknown run.
    """
    printed = "" if head is None else str(head)
    lead = replace(read_week(db, run_id=run_id, tier="lead", told=told), head=printed)
    files = _files(lead, tuple(MAKERS)) | {"coverage.csv": coverage_csv(lead).encode()}
    for tier in OTHER_PAGES:
        files |= _files(replace(read_week(db, run_id=run_id, tier=tier, told=told), head=printed), ("html",))
    manifest = manifest_of(read_run(db, run_id), files, code_version=code_version, head=head)
    put_in_place(files | {FILE_NAME: manifest.as_json().encode()}, folder)
    return manifest


def names_of(tier: Tier, formats: Sequence[str]) -> dict[str, str]:
    """Return the name of a tier's file in each of these formats; ReportError for a format that we do not write."""
    made = MAKERS | OF_COUNTS
    if unknown := [name for name in formats if name not in made]:
        raise ReportError(f"There is no format called {unknown[0]!r}. Choose from: {', '.join(made)}.")
    if tier not in COUNTS_ONLY and (named := [name for name in formats if name in OF_COUNTS]):
        raise ReportError(f"{named[0]} is made of counts alone, which name nobody. Ask for it with --tier governors.")
    page_stem, table_stem = STEMS[tier]
    ends = {"ocsf": "ocsf.json"}
    return {name: f"{page_stem if name == 'html' else table_stem}.{ends.get(name, name)}" for name in formats}


def _files(week: Week, formats: Sequence[str], marked: Callable[[str], str] = str) -> dict[str, bytes]:
    makers = MAKERS | OF_COUNTS | {"pdf": partial(page_as_pdf, marked=marked)}
    made = {file: makers[name](week) for name, file in names_of(week.tier, formats).items()}
    return {name: body.encode() if isinstance(body, str) else body for name, body in made.items()}


def put_in_place(files: Mapping[str, bytes], folder: Path) -> None:
    """Write all files beside their places, then move each in; the last one named is moved last."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = {name: folder / f".{name}.part" for name in files}
    for name, body in files.items():
        beside[name].unlink(missing_ok=True)  # left by a killed write, or planted to lead elsewhere
        write_new_file(beside[name], body)
    for name, part in beside.items():
        part.replace(folder / name)
    settle(folder)
