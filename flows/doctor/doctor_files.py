"""What doctor says of the school's own files: archives, registers and photographs, read as a run would read them."""

from collections.abc import Iterator
from typing import cast

from connectors.errors import SourceError
from connectors.records import Archive, Photograph, Record, RegisterColumn, RegisterRead
from connectors.registers.consent_channels import CHANNELS, channels_of_heading
from connectors.registers.letters import called
from engines.pictures.decoding import Opener, UnreadablePicture
from engines.text import heading_key
from flows.home.context import Context
from flows.home.handles import HandleNews, handle_news, kept_handle_news
from flows.home.store import RunStore
from flows.home.terminal import DoctorLine
from flows.pictures.masters import MasterFile, master_files
from flows.pictures.photo_files import kept_features, lost_files
from flows.registers.looking_up import bare
from flows.registers.registers import (
    are_doubtful,
    can_be_accepted,
    changed_masters,
    headings_sentence,
    history,
    problem_sentences,
    registers_now,
    what_to_do,
)
from flows.registers.sources import make_source, registers_source
from flows.weekly.pull import how_it_ended
from policies.dates import long_date
from policies.errors import UserError
from policies.school import OfficialAccount, Register
from warehouse.runs.known_members import accounts_read
from warehouse.store.open import WarehouseError

_NEEDED = {"pupils", "staff", "photographs"}


def privacy_lines(context: Context) -> Iterator[DoctorLine]:
    """Close what was copied in, and look whether anything is open to others; one line says how many are."""
    closed = context.places.close_copied()
    if not (shared := list(context.places.shared())):
        told = f" {closed} that were copied in are their owner's alone now." if closed else ""
        yield DoctorLine("rights", is_ok=True, says=f"nothing here may be read by others.{told}")
        return
    what = f"{len(shared)} files or folders may be read by others, such as {shared[0]}."
    yield DoctorLine("rights", is_ok=False, says=f"{what} Run: chmod -R go= {context.places.home}")


def handle_lines(context: Context) -> Iterator[DoctorLine]:
    """Yield each account that is read live and bears another handle than the last run saw, and each read no more."""
    live = [account for account in context.school.account if account.archive is None]
    ours = {(account.platform, account.account_id) for account in context.school.account}
    try:
        with history(context) as db:
            news, read = kept_handle_news(db, live), accounts_read(db)
    except WarehouseError:
        return  # that the warehouse cannot be opened is said of it
    yield from map(_handle_line, news)
    for platform, account_id, handle, last in read:
        if (platform, account_id) not in ours:
            says = f"read no more: school.toml does not name it. The run of {long_date(last)} read it last."
            yield DoctorLine(f"{platform} @{handle.removeprefix('@')}", is_ok=True, says=says)


def _handle_line(news: HandleNews) -> DoctorLine:
    where = f"{news.account.platform} @{news.account.handle} handle"
    return DoctorLine(where, is_ok=news.is_rename, says=news.says)


def archive_lines(context: Context, account: OfficialAccount, where: str) -> Iterator[DoctorLine]:
    """Read the whole archive of an account, as a run would, and yield what is wrong with it or of which day it is."""
    name = str(context.settings.claims(account))
    try:
        with history(context) as db:
            store = RunStore(db, context.run_id, name, context.school.budget, context.names_key)
            records = list(make_source(name, context, db).pull(store))
            handles = handle_news(db, [account], records)
    except (SourceError, WarehouseError) as error:
        yield DoctorLine(where, is_ok=False, says=str(error))
        return
    [archive] = [record for record in records if isinstance(record, Archive)]
    when = f"of {archive.made_at.date()}" if archive.made_at and archive.is_dated else "of no day that it tells"
    says = f"archive {when}; one of more than a week before a run lets nothing be kept."
    outcome = how_it_ended(name, len(records), records, None)
    if outcome.problem:
        yield DoctorLine(where, is_ok=False, says=f"{outcome.problem} {outcome.what_to_do}")
    else:
        yield DoctorLine(where, is_ok=True, says=says)
    yield from map(_handle_line, handles)
    if bare_ids := bare(context, account):
        yield DoctorLine(f"{where} followers", is_ok=True, says=bare_ids)


def register_lines(context: Context) -> Iterator[DoctorLine]:
    """Read the registers as a run would; yield how each file, column and photograph stands, and each bad row."""
    records: list[Record] = []
    try:
        for record in registers_source(context).pull():
            records.append(record)  # noqa: PERF402 - what came before a refusal counts
    except SourceError as error:
        yield DoctorLine("registers", is_ok=False, says=str(error))
    for read in (r for r in records if isinstance(r, RegisterRead)):
        yield _register(read)
        columns = [r for r in records if isinstance(r, RegisterColumn) and r.register == read.register]
        yield DoctorLine(f"{read.file_name} columns", is_ok=not are_doubtful(columns), says=headings_sentence(columns))
        yield from _channels_asked(context, read.register, columns)
        for says in problem_sentences(records, read.register):
            yield DoctorLine(read.file_name, is_ok=False, says=says)
    yield from _photographs(context, [r for r in records if isinstance(r, Photograph)])
    for name in sorted(_NEEDED - {str(name) for name in context.school.registers}):
        yield DoctorLine(
            name, is_ok=False, says="no such register in school.toml; the checks that need it could not tell."
        )


def _channels_asked(context: Context, register: str, columns: list[RegisterColumn]) -> Iterator[DoctorLine]:
    """Ask of which channels a heading of consents speaks that does not say so, until school.toml says it."""
    mapped = {heading_key(heading) for heading in context.school.columns.get(cast("Register", register), {})}
    for column in columns:
        heading = column.heading or ""
        is_clear = heading_key(heading) in {*mapped, heading_key("picture_consent")} or channels_of_heading(heading)
        if column.column_name == "picture_consent" and column.state == "recognised" and not is_clear:
            says = (
                f"{heading} does not say for which channels it is, so a refusal counts for all. Say it in school.toml: "
                f'[registers.columns.{register}] "{heading}" = "picture_consent", or for some alone '
                f'"picture_consent: website, press" (of {", ".join(CHANNELS)}).'
            )
            yield DoctorLine(f"{register} consent", is_ok=True, says=says)


def _register(read: RegisterRead) -> DoctorLine:
    if read.rows == 0 and read.register in _NEEDED:
        says = "it has no row that can be used, so the checks that need it could not tell; export it whole."
        return DoctorLine(read.file_name, is_ok=False, says=says)
    letters = f", its letters read as those of {known}" if (known := called(read.encoding)) else ""
    return DoctorLine(read.file_name, is_ok=True, says=f"{read.rows} rows, {read.set_aside} set aside{letters}")


def history_lines(context: Context) -> Iterator[DoctorLine]:
    """Look at the registers beside their own history, as a run would."""
    try:
        states = registers_now(context).states
    except UserError as error:
        yield DoctorLine("registers beside earlier runs", is_ok=False, says=error.sentence)
        return
    for short in (short for short in states if can_be_accepted(context, short)):
        yield DoctorLine(short.register, is_ok=False, says=f"{short.why} {what_to_do(context, [short])}")
    if "pupils" not in context.school.expected and (
        rows := {state.register: state.rows for state in states}.get("pupils")
    ):
        says = f"say in school.toml about how many there are: [registers.expected] pupils = {rows}"
        yield DoctorLine("pupils expected", is_ok=True, says=says)


def _photographs(context: Context, photographs: list[Photograph]) -> Iterator[DoctorLine]:
    """Yield the photographs whose file is not there, or is none that can be opened."""
    rows = [{"photograph_id": p.photograph_id, "file_name": p.file_name} for p in photographs]
    lost = lost_files(context.places.photographs, (p.file_name for p in photographs if p.file_name))
    for photograph in (photograph for photograph in photographs if photograph.file_name in lost):
        near = lost[photograph.file_name or ""]
        meant = f"; is it {near}? Correct the register, or rename the file." if near else "; put it there."
        says = (
            f"{photograph.file_name} is not in the photographs folder, so no posted picture can be known by it{meant}"
        )
        yield DoctorLine(f"photograph {photograph.photograph_id}", is_ok=False, says=says)
    for file in changed_masters(context):
        command = f"audit registers accept-picture {context.school.id} {file.photograph_id} --by ROLE --note REASON"
        says = f"{file.row['file_name']} is not the file that was approved; put that one back, or accept it: {command}"
        yield DoctorLine(f"photograph {file.photograph_id}", is_ok=False, says=says)
    kept = kept_features(context.settings, context.places)
    files = [file for file in master_files(context.places.photographs, rows, {}) if file.is_there]
    unread = [file for file in files if file.sha256 not in kept]
    if not unread:
        return
    with Opener() as opener:
        for file in (file for file in unread if not _opens(file, opener)):
            says = f"{file.row['file_name']} cannot be opened as a picture, so no posted picture can be known by it; "
            yield DoctorLine(f"photograph {file.photograph_id}", is_ok=False, says=f"{says}put a sound copy there.")


def _opens(file: MasterFile, opener: Opener) -> bool:
    return file.is_video or not isinstance(opener.open(file.path.read_bytes()), UnreadablePicture)
