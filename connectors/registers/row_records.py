"""Turns the rows of one register into records, and what cannot be used into problems; no files, no clock.

A row without a usable id is set aside. Several rows of one id count as one, of which a refusal on any is one.
"""

from dataclasses import replace

from connectors.records import Person, Photograph, Record, RegisteredAccount
from connectors.registers import cells, consent_channels
from connectors.registers.by_cells import said_by_cells
from connectors.registers.cells import UnreadableCellError
from connectors.registers.consents import WITHDRAWN, consent, is_welsh_answer, means_two, own_account
from connectors.registers.headers import ON_ROLL
from connectors.registers.letters import GUESSED, is_damaged
from connectors.registers.line import RegisterLine, RegisterReading
from connectors.registers.row_ids import REPEATED, key_of, made_id, together

BORN_LATER = "The date of birth lies after the day of the audit; correct it."
NO_NAME = "The row has no full name, so this person cannot be recognised by name; add it."
NO_BIRTHDAY = "The row has neither an id nor a date of birth, so its id is made of the name alone; give it one of both."
NOBODY = "The row has neither an id nor a full name; give it both."
APPROVED_LATER = "The day of the approval lies after the day of the audit; correct it."
NAME_LOST = (
    "Letters of this name were lost when the file was written; enter it again, or export as CSV (UTF-8) or .xlsx."
)
_NAMES = ("given_names", "surname", "known_as", "other_names", "full_name")


def records(reading: RegisterReading) -> list[Record]:
    """Return a record for every row that can be used, in the order of the file; rows of one id are one record."""
    to_record = {"photographs": photograph, "accounts": account}.get(reading.register, person)
    if reading.table.guess:
        reading.complain(None, None, GUESSED.format(reading.table.guess), doubts=reading.row_id)
    found: dict[object, Record] = {}
    for row in reading.table.rows:
        line = RegisterLine(reading, row)
        record = to_record(line) if reading.fits(row) else None
        key = key_of(record)
        if record is None:
            reading.set_aside += 1
        elif key in found:
            found[key] = together(line, found[key], record)
        else:
            found[key] = record
            reading.seen.setdefault(str(key), row.number)
    if reading.repeated:
        reading.complain(None, reading.row_id, REPEATED.format(reading.repeated))
    return list(found.values())


def person(line: RegisterLine) -> Person | None:
    """Return the person of a row; None when the row has no usable id, and none can be made for it."""
    is_on_roll = line.reading.register in ON_ROLL
    has_ids = line.reading.columns.has("person_id")
    person_id = line.row_id() if (is_on_roll and has_ids) or line.says("person_id") else ""
    if person_id is None:
        return None
    person = Person(
        register=line.reading.register,
        person_id=person_id,
        title=line.text("title"),
        given_names=line.text("given_names"),
        surname=line.text("surname"),
        known_as=line.text("known_as"),
        other_names=_other_names(line),
        full_name=line.get("full_name", cells.name),
        date_of_birth=line.past_day("date_of_birth", BORN_LATER),
        year_group=line.get("year_group", cells.year_group),
        class_name=line.text("class_name"),
        job_title=line.text("job_title"),
        left_on=line.day("left_on"),
        related_ids=line.each("related_ids", cells.identifier, cells.ids) or None,
        x_account=line.get("x_account", own_account),
        youtube_account=line.get("youtube_account", own_account),
        picture_consent=_picture_consent(line) if is_on_roll else None,
        **line.done_days(),
    )
    has_name = person.full_name or (person.surname and (person.given_names or person.known_as))
    if lost := next((name for name in _NAMES if is_damaged(getattr(person, name) or "")), None):
        line.complain(lost, NAME_LOST, doubts="person_id")
    if not person_id and has_name:
        return _with_made_id(line, person)
    if not has_name:
        is_somebody = person_id or any(map(line.says, _NAMES))
        line.complain(None, NO_NAME if person_id else NOBODY, doubts="person_id" if is_somebody else None)
    return person if person_id else None


def _other_names(line: RegisterLine) -> str | None:
    """Return the further names, and the whole name with the surname that the person goes by, where it is another."""
    first, preferred = line.text("known_as") or line.text("given_names"), line.text("preferred_surname")
    whole = f"{first} {preferred}" if first and preferred and preferred != line.text("surname") else None
    return ";".join(filter(None, (line.text("other_names"), whole))) or None


def _picture_consent(line: RegisterLine) -> str | None:
    """Return where a pupil may be shown: given or withdrawn, alone or by channel; None where nothing is said.

    A refusal in any column or cell counts, and for every channel where it names none.
    """
    columns, answers = line.reading.columns, consent_channels.Answers()
    is_welsh = line.reading.any_cell("picture_consent", is_welsh_answer)

    def simple(raw: str) -> str | None:
        return WITHDRAWN if is_welsh and means_two(raw) else consent(raw)

    lists = [place for place in columns.all_places("consents_given") if place in columns.lists]
    told_by_cells = (*columns.refusals, *columns.answers)
    for place in dict.fromkeys((*columns.all_places("picture_consent"), *lists, *columns.consents, *told_by_cells)):
        try:
            if place in told_by_cells:
                said = said_by_cells(columns, line.row, place, simple)
            else:
                said = consent_channels.answers_in(line.row.cell(place), simple, is_list=place in lists)
        except UnreadableCellError as error:
            line.reading.complain(line.row, columns.header[place], str(error))
            said = {consent_channels.EVERYWHERE: WITHDRAWN}
        about = columns.consents.get(place) or columns.refusals.get(place)
        if about and consent_channels.EVERYWHERE in said:
            said = dict.fromkeys(about, said[consent_channels.EVERYWHERE])
        consent_channels.merge(answers, said)
    return consent_channels.written(answers)


def _with_made_id(line: RegisterLine, person: Person) -> Person | None:
    """Return the person under a made id; None, with the problem noted, when two are alike in all that it is made of."""
    made = made_id(person, line.reading.pepper)
    if (first := line.first_row_of(made)) != line.row.number:
        of = "Name and date of birth" if person.register in ON_ROLL else "Name and role"
        problem = f"{of} are those of row {first}, and neither has an id; give both an id."
        line.complain(None, problem)
        return None
    if person.register in ON_ROLL and person.date_of_birth is None:
        line.complain("date_of_birth", NO_BIRTHDAY, doubts="person_id")
    if line.reading.columns.has("person_id"):
        line.complain("person_id", "The row has no id, so one was made of name and role; give it one that stays.")
    return replace(person, person_id=made)


def photograph(line: RegisterLine) -> Photograph | None:
    """Return the photograph or video of a row; None without a usable id, or a file or video to go by."""
    photograph_id = line.row_id()
    if photograph_id is None:
        return None
    file_name, video_id = line.get("file_name", cells.file_name), line.get("video_id", cells.video)
    if file_name is None and video_id is None:
        problem = "The row names neither a file nor a video; give one of the two."
        line.complain(None, problem, doubts="photograph_id")
        return None
    return Photograph(
        photograph_id=photograph_id,
        file_name=file_name,
        video_id=video_id,
        channels=line.each("channels", cells.channel),
        approved_by=line.text("approved_by"),
        approved_on=line.past_day("approved_on", APPROVED_LATER),
        expires_on=line.day("expires_on"),
        basis=line.get("basis", cells.basis),
        consent=line.consent("consent"),
        objection=line.text("objection"),
        pupil_ids=line.each("pupil_ids", cells.identifier, cells.ids) or None,
    )


def account(line: RegisterLine) -> RegisteredAccount | None:
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
        **line.done_days(),
    )
