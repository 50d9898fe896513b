"""Turns the rows of one register into records, and what cannot be used into problems; no files, no clock.

A row without a usable id is set aside.
"""

from collections.abc import Iterator
from datetime import date

from connectors.records import Person, Photograph, Record, RegisteredAccount
from connectors.registers import cells
from connectors.registers.line import Line, Reading

SHOWN = ("pupils", "leavers")  # whose consent to pictures is asked for


def records(reading: Reading) -> Iterator[Record]:
    """Yield a record for every row that can be used, in the order of the file."""
    one = {"photographs": photograph, "accounts": account}.get(reading.register, person)
    for row in reading.table.rows:
        record = one(Line(reading, row)) if reading.fits(row) else None
        if record is None:
            reading.set_aside += 1
        else:
            yield record


def person(line: Line) -> Person | None:
    """Return the person of a row; None when the row has no usable id."""
    person_id = line.unique("person_id")
    if person_id is None:
        return None
    found = Person(
        register=line.reading.register,
        person_id=person_id,
        title=line.text("title"),
        given_names=line.text("given_names"),
        surname=line.text("surname"),
        known_as=line.text("known_as"),
        other_names=line.text("other_names"),
        full_name=line.get("full_name", cells.name),
        date_of_birth=_born(line),
        year_group=line.get("year_group", cells.year_group),
        class_name=line.text("class_name"),
        job_title=line.text("job_title"),
        left_on=line.day("left_on"),
        related_ids=line.each("related_ids", cells.identifier) or None,
        x_account=line.get("x_account", cells.account),
        youtube_account=line.get("youtube_account", cells.account),
        picture_consent=line.consent("picture_consent") if line.reading.register in SHOWN else None,
    )
    if not (found.full_name or (found.surname and (found.given_names or found.known_as))):
        line.complain(None, "The row has no full name, so this person cannot be recognised by name; add it.")
    return found


def _born(line: Line) -> date | None:
    born = line.day("date_of_birth")
    if born is None or born <= line.reading.as_of:
        return born
    line.complain("date_of_birth", "The date of birth lies after the day of the audit; correct it.")
    return None


def photograph(line: Line) -> Photograph | None:
    """Return the photograph or video of a row; None without a usable id, or a file or video to go by."""
    photograph_id = line.unique("photograph_id")
    if photograph_id is None:
        return None
    file_name, video_id = line.get("file_name", cells.file_name), line.get("video_id", cells.video)
    if file_name is None and video_id is None:
        line.complain(None, "The row names neither a file nor a video; give one of the two.")
        return None
    return Photograph(
        photograph_id=photograph_id,
        file_name=file_name,
        video_id=video_id,
        channels=line.each("channels", cells.channel),
        approved_by=line.text("approved_by"),
        approved_on=line.day("approved_on"),
        expires_on=line.day("expires_on"),
        basis=line.get("basis", cells.basis),
        consent=line.consent("consent"),
        objection=line.text("objection"),
        pupil_ids=line.each("pupil_ids", cells.identifier) or None,
    )


def account(line: Line) -> RegisteredAccount | None:
    """Return the account of a row; None without a platform, or an id or handle."""
    platform = line.get("platform", cells.platform)
    account_id, handle = line.get("account_id", cells.account), line.get("handle", cells.account)
    if platform is None or (account_id is None and handle is None):
        line.complain(None, "The row needs a platform, and an account id or a handle.")
        return None
    if not line.is_new(f"{platform}:{account_id or str(handle).casefold().removeprefix('@')}", "account_id"):
        return None
    return RegisteredAccount(
        platform=platform,
        account_id=account_id,
        handle=handle,
        purpose=line.text("purpose"),
        owner_role=line.text("owner_role"),
        approved_by=line.text("approved_by"),
        approved_on=line.day("approved_on"),
    )
