"""The approved photographs behind the desk: what a new picture is, and a row of the register that begins or ends."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from connectors.registers.editing import Value, with_cells, with_row
from dashboards.desk.school.school_desk import Likeness, NewApproval, PhotographTrial, RegisteredPhotograph
from engines.pictures.album import open_album, scan_picture
from engines.pictures.decoding import Opener, UnreadablePicture, has_position
from engines.pictures.preview import small_picture
from engines.pictures.verdicts.approvals import refused_channels
from engines.roll_ids import fold_roll_id
from flows.desk.folder import SchoolFolder, replace_file, sha256_of
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.pictures.masters import VIDEOS
from flows.pictures.photo_files import is_there, kept_features
from flows.registers.register_files import RegisterOfPhotographs, people_of, register_of_photographs
from policies.roles import title_of
from warehouse.casebook.people.desk_person import DeskPerson

# By what a file begins with, what it is called; a picture of no such beginning is not taken.
_SUFFIXES = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"GIF8", ".gif"))
_BRANDS = {b"avif": ".avif", b"avis": ".avif", b"heic": ".heic", b"heix": ".heic", b"mif1": ".heic"}
_NO_PICTURE = "The file is no picture that can be kept. Send it as JPEG, PNG, WebP, GIF, AVIF or HEIC."


def suffix_of(body: bytes) -> str:
    """Return how a picture's file name ends, by its bytes; ConfigurationError for what is none of the known forms."""
    for begin, suffix in _SUFFIXES:
        if body.startswith(begin):
            return suffix
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return ".webp"
    if body[4:8] == b"ftyp" and body[8:12] in _BRANDS:
        return _BRANDS[body[8:12]]
    raise ConfigurationError(_NO_PICTURE)


def look_at(folder: SchoolFolder, body: bytes) -> PhotographTrial:
    """Return what a new picture is; ConfigurationError where it cannot be read within bounds of time and memory."""
    context = folder.context()
    register = _register(context)
    suffix_of(body)
    with Opener() as opener:
        picture = opener.open(body)
        if isinstance(picture, UnreadablePicture):
            raise ConfigurationError(f"{picture.why} Save it anew as JPEG or PNG, and send that.")
        small = small_picture(picture)
        return PhotographTrial(
            sha256=sha256_of(body),
            preview=small.body,
            width=small.width,
            height=small.height,
            tells_place=has_position(body) is True,
            likenesses=tuple(_likenesses(context, body, register, opener)),
        )


def _likenesses(context: Context, body: bytes, register: RegisterOfPhotographs, opener: Opener) -> Iterator[Likeness]:
    """Yield the photographs that the picture is, or is nearly; what has ended is compared as well as what stands."""
    folder = context.places.photographs
    named = {row.file_name: row for row in register.rows if row.file_name and is_there(folder / row.file_name, folder)}
    names = [name for name in named if not name.casefold().endswith(tuple(VIDEOS))]
    kept = kept_features(context.settings, context.places)
    album = open_album(names, lambda name: (folder / name).read_bytes(), opener, people=False, kept=kept)
    told = set[str]()
    for part in scan_picture(body, album.register, opener, people=False).parts:
        row = named.get(part.master_id or "")
        if row is not None and row.photograph_id not in told:
            told.add(row.photograph_id)
            yield Likeness(row.photograph_id, part.verdict == "approved", register.ended(row))


_SHOWS = {"pupils": "Shows pupils of the roll.", "nobody": "Shows no pupil.", "unknown": "Not known whom it shows."}


def photographs(context: Context) -> tuple[RegisteredPhotograph, ...]:
    """Return the photographs register."""
    register = _register(context)
    return tuple(
        RegisteredPhotograph(
            photograph_id=row.photograph_id,
            file_name=row.file_name,
            video_id=row.video_id,
            channels=tuple(channel for channel in row.channels.split(";") if channel),
            pupils=tuple(ident for ident in (row.pupil_ids or "").split(";") if ident),
            basis=row.basis,
            consent=row.consent,
            expires_on=row.expires_on,
            ended=register.ended(row),
        )
        for row in register.rows
    )


def approve(folder: SchoolFolder, body: bytes, approval: NewApproval, person: DeskPerson) -> None:
    """Write the picture into its folder and a row into the register, both or neither."""
    with folder.changing:  # so that of two who approve at once one sees what the other did
        context = folder.context()
        _ensure_approvable(context, body, approval)
        name = f"{approval.photograph_id}{suffix_of(body)}"
        file = folder.file_of(context, "photographs")
        changed = with_row(file, _row(approval, name, person, context.today()))
        note = f"{_SHOWS[approval.shows]} {approval.reference}"
        with _placed(context.places.photographs / name, body):
            folder.change(file, changed, "approved", approval.photograph_id, note, person)


def withdraw(folder: SchoolFolder, photograph_id: str, why: str, note: str, person: DeskPerson) -> None:
    """Write into the register that an approval has ended; what the school itself decided ended yesterday."""
    context = folder.context()
    file = folder.file_of(context, "photographs")
    ends: Mapping[str, Mapping[str, Value]] = {
        "consent": {"consent": "withdrawn"},
        "objection": {"objection": "raised"},
        "school": {"expires_on": context.today() - timedelta(days=1)},
    }
    folder.change(file, with_cells(file, photograph_id, ends[why]), "withdrawn", photograph_id, note, person)


def _register(context: Context) -> RegisterOfPhotographs:
    if "photographs" not in context.school.registers:
        raise ConfigurationError("school.toml names no photographs register, so nothing is approved. Add it.")
    return register_of_photographs(context.places.registers, context.school, context.as_of, pepper=context.names_key)


def _ensure_approvable(context: Context, body: bytes, approval: NewApproval) -> None:
    """Raise ConfigurationError for a pupil not on the roll or who refuses, a day over, a picture withdrawn."""
    if approval.expires_on is not None and approval.expires_on < context.today():
        raise ConfigurationError("The last day is in the past. Choose one to come, or leave it empty.")
    roll = people_of(context.places.registers, context.school, ("pupils",), context.as_of, pepper=context.names_key)
    consents = {fold_roll_id(pupil.person_id): pupil.picture_consent for pupil in roll}
    if unknown := [ident for ident in approval.pupils if fold_roll_id(ident) not in consents]:
        raise ConfigurationError(f"These roll ids are not on the pupils register: {', '.join(unknown)}. Correct them.")
    channels = frozenset(approval.channels)
    refusing = {ident: refused_channels(consents[fold_roll_id(ident)]) for ident in approval.pupils}
    if refused := [ident for ident, where in refusing.items() if where is None or where & channels]:
        ids = ", ".join(refused)
        raise ConfigurationError(f"The pupils register says that {ids} may not be shown. Do not approve this picture.")
    _ensure_not_ended(context, body, approval)


def _ensure_not_ended(context: Context, body: bytes, approval: NewApproval) -> None:
    """Raise ConfigurationError where the register, as it is now, has the same picture under an approval that ended."""
    register = _register(context)
    same = [
        row
        for row in register.rows
        if row.photograph_id in approval.same_as or _is_same(context.places.photographs, row.file_name, body)
    ]
    if not approval.is_end_known and any(register.ended(row) for row in same):
        raise ConfigurationError(
            "The register has this picture already, and its approval has ended. Tick that you know it."
        )
    for row in same:
        if row.consent == "withdrawn" or row.objection == "raised":
            why = "whose consent was withdrawn" if row.consent == "withdrawn" else "to which somebody objected"
            raise ConfigurationError(f"This very picture is {row.photograph_id}, {why}. Do not approve it anew.")


def _is_same(folder: Path, name: str | None, body: bytes) -> bool:
    path = folder / (name or "")
    return path.is_file() and path.stat().st_size == len(body) and path.read_bytes() == body


def _row(approval: NewApproval, name: str, person: DeskPerson, today: date) -> dict[str, Value]:
    row: dict[str, Value] = {
        "photograph_id": approval.photograph_id,
        "file_name": name,
        "channels": ";".join(approval.channels),
        "approved_by": title_of(person.role),
        "approved_on": today,
        "basis": approval.basis,
        "consent": "given" if approval.basis == "consent" else "",
        "pupil_ids": ";".join(approval.pupils),
    }
    return row if approval.expires_on is None else {**row, "expires_on": approval.expires_on}


@contextmanager
def _placed(path: Path, body: bytes) -> Iterator[None]:
    """Put a picture into the folder, and take it away again where what comes after fails.

    One of these very bytes may lie there from a write that was killed, and stays; any other file is left alone.
    """
    was_there = path.exists()
    if was_there and sha256_of(path.read_bytes()) != sha256_of(body):
        raise ConfigurationError(f"The folder of photographs has another {path.name} already. Choose another id.")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    replace_file(path, body)
    try:
        yield
    except BaseException:
        if not was_there:
            path.unlink(missing_ok=True)
        raise
