"""Writes the registers as a school's own systems export them: SIMS, Arbor and Bromcom column heads, CSV and Excel."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from demo.school import album, story
from demo.school.cast import CHANNEL_ID, MAIN_ID, PE_ID, TRIPS_ID
from demo.school.people import SchoolRegisters, registers
from demo.school.story import MOVED, SHORT, DemoWeek
from demo.school.videos import plain_video_ids

Rows = list[Sequence[str]]
FILES = {
    "pupils": "pupils.csv", "staff": "staff.csv", "governors": "governors.csv", "parents": "parents.xlsx",
    "leavers": "leavers.csv", "photographs": "photographs.csv", "accounts": "accounts.csv",
}  # fmt: skip
LISTED_TWICE = 12  # the scene that shows the pupil who stands twice in the export of week 6
EXPORTED = "Year 9"  # the one year group in the short export of the pupils
APPROVER = "Enterprise and Technology Lead"
OBJECTION_OVERRULED = 9
CHANGED, CHANGED_IN_TIME = "2026-09-03", "2025-12-10"  # the sign-in details: this school year, and within a year
# Who signs late, and who just in time: on the day of the edition, and trained a year before the story ends.
SIGNS_LATE, SIGNED = "ST904", {"ST903": ("2025-09-01", "2026-09-01"), "ST906": ("2026-09-04", "2025-12-08")}
# The clerk saves the governors' register by hand, and the leavers' is saved when somebody leaves.
GOVERNORS_SAVED, LEAVERS_SAVED = datetime(2026, 10, 5, 15, 30, tzinfo=UTC), datetime(2026, 10, 19, 9, 5, tzinfo=UTC)


def write_sheets(folder: Path, week: DemoWeek) -> None:
    """Write all seven registers into this folder, as they stood in this week."""
    people = registers(week)
    makers = {
        "pupils": _pupils(people, week), "staff": staff(people, week), "governors": _governors(people),
        "leavers": _leavers(people), "photographs": _photographs(week), "accounts": accounts(week),
    }  # fmt: skip
    for register, rows in makers.items():
        with (folder / FILES[register]).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
    _write_workbook(folder / FILES["parents"], _parents(people), week.looked_at)


def saved_at(register: str, week: DemoWeek) -> datetime:
    """Return when the file of a register was saved: on Sunday evening, but for those that people keep by hand."""
    if register == "leavers" and week.number < 4:
        return LEAVERS_SAVED
    if register == "governors" and week.number < 3:
        return GOVERNORS_SAVED
    return week.looked_at - timedelta(hours=12)


def _write_workbook(path: Path, rows: Iterable[Sequence[str]], made_at: datetime) -> None:
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    sheet = book.create_sheet("Guardians")
    for row in rows:
        sheet.append(row)
    book.save(path)


def _pupils(people: SchoolRegisters, week: DemoWeek) -> Rows:
    """SIMS. In week 2 somebody has left a half-typed row at the end; in week 5 one year group alone is exported.

    The export of week 5 calls the consent otherwise, too. In week 6 a pupil stands there twice: their consent was given
    in the first row, and is taken back in the second.
    """
    is_short = week.number == SHORT
    head = ("Admission Number", "Forename", "Surname", "Preferred Forename", "DOB", "Year", "Reg", "X handle",
            "YouTube account", "Photograph Student" if is_short else "Photo consent")  # fmt: skip
    rows: Rows = [head]
    consents = {_shown_in(album.TAKEN_BACK): "Withdrawn"} if week.number >= 2 else {}
    for p in people.pupils:
        if is_short and p.year_group != EXPORTED:
            continue
        born = f"{p.born_on:%d/%m/%Y}" if p.born_on else ""
        rows.append((p.person_id, p.given_names, p.surname, p.known_as, born, p.year_group, p.class_name, p.x_account,
                     p.youtube_account, consents.get(p.person_id, "Given")))  # fmt: skip
    if week.number >= MOVED:
        [twice] = [row for row in rows if row[0] == _shown_in(LISTED_TWICE)]
        rows.append((*twice[:-1], "Withdrawn"))
    if week.number == 2:
        rows.append(("", "Thea", "", "", "31/02/2014", "Year 7", "", "", "", ""))
    return rows


def staff(people: SchoolRegisters, week: DemoWeek) -> Rows:
    """Return Bromcom's register of staff, head first: in week 2 nobody has entered yet that one of them has signed."""
    head = ("Staff Code", "Title", "Legal Forename", "Legal Surname", "Known as", "Job title", "Twitter",
            "YouTube channel", "Policy signed", "Online safety training")  # fmt: skip
    rows: Rows = [head]
    for s in people.staff:
        signed, trained = SIGNED.get(s.person_id, ("2026-09-04", "2026-09-01"))
        if s.person_id == SIGNS_LATE and week.number == 2:
            signed = trained = ""
        rows.append((s.person_id, s.title, s.given_names, s.surname, s.known_as, s.job_title, s.x_account,
                     s.youtube_account, signed, trained))  # fmt: skip
    return rows


def _governors(people: SchoolRegisters) -> Rows:
    """Typed by the clerk, under the audit's own column names."""
    head = ("person_id", "given_names", "surname", "job_title")
    return [head, *((g.person_id, g.given_names, g.surname, g.job_title) for g in people.governors)]


def _parents(people: SchoolRegisters) -> Rows:
    """Arbor."""
    head = ("Guardian ID", "First name", "Last name", "Children IDs", "X handle")
    return [head, *((p.person_id, p.given_names, p.surname, ";".join(p.related_ids), p.x_account)
                    for p in people.parents)]  # fmt: skip


def _leavers(people: SchoolRegisters) -> Rows:
    """SIMS."""
    head = ("Admission Number", "Forename", "Surname", "DOB", "Date of leaving")
    return [head, *((p.person_id, p.given_names, p.surname, f"{p.born_on:%d/%m/%Y}", f"{p.left_on:%d/%m/%Y}")
                    for p in people.leavers if p.born_on and p.left_on)]  # fmt: skip


def _photographs(week: DemoWeek) -> Rows:
    head = ("photograph_id", "file_name", "video_id", "channels", "approved_by", "approved_on", "expires_on", "basis",
            "consent", "objection", "pupil_ids")  # fmt: skip
    rows: Rows = [head]
    for master in album.approved_photographs(week):
        late = master.scene == album.APPROVED_LATE
        approved_on = "2026-11-04" if late else f"2025-09-{1 + master.scene % 28:02}"
        expires_on = master.expires_on.isoformat() if master.expires_on else ""
        # The public task covers crowds and buildings; a portrait of named pupils rests on their consent.
        named = master.scene % 4 == 0 or master.scene in {album.TAKEN_BACK, album.OF_A_LEAVER}
        given = "withdrawn" if master.consent_withdrawn else "given"
        basis, consent, pupil_ids = ("consent", given, _shown_in(master.scene)) if named else ("public_task", "", "")
        # Somebody asked about one photograph and was content with the answer: that is no objection.
        objection = "overruled" if master.scene == OBJECTION_OVERRULED else ""
        rows.append((master.photograph_id, f"{master.photograph_id}.jpg", "", master.channels, APPROVER, approved_on,
                     expires_on, basis, consent, objection, pupil_ids))  # fmt: skip
    for number, video_id in enumerate(registered_videos(week), 1):
        rows.append((f"vd-{number:03}", "", video_id, "youtube", APPROVER, "2025-09-30", "", "public_task", "", "", ""))
    rows.append(("vd-x01", "", story.FILM_KEY, "x", APPROVER, "2026-05-19", "", "public_task", "", "", ""))
    return rows


def _shown_in(scene: int) -> str:
    """Return the roll id of the pupil whom a portrait shows."""
    return f"{5020 + scene:06}"


def registered_videos(week: DemoWeek) -> list[str]:
    """Return the ids of the videos that are on the photographs register in this week."""
    return [*plain_video_ids(), *(film.video_id for film in story.FILMS if film.registered <= week.number)]


def accounts(week: DemoWeek) -> Rows:
    """Return the register of accounts, head first: in week 1 an approval lies ahead, in week 3 a row has been lost.

    In week 2 somebody else stands there as the approver of the channel, and a cell of the trips account is empty.
    """
    head = ("platform", "account_id", "handle", "purpose", "owner_role", "approved_by", "approved_on",
            "Shared with head on", "Password changed on")  # fmt: skip
    filmed_by = "School office" if week.number == 2 else "Headteacher"
    trips_approved = "2026-11-05" if week.number == 1 else "2026-09-14"
    rows: Rows = [
        ("x", MAIN_ID, "@OusterlyVale", "News for families", APPROVER, "The Head Teacher", "2024-09-02"),
        ("x", TRIPS_ID, "@OusterlyTrips", "News from trips", "Trips coordinator", "Headteacher", trips_approved),
        ("youtube", CHANNEL_ID, "@OusterlyValeSchool", "Concerts and events", APPROVER, filmed_by, "2015-01-12"),
        ("x", PE_ID, "@OusterlyPE", "Fixtures and results", "Head of PE", "Headteacher", "2024-09-02"),
    ]
    kept = {TRIPS_ID: ("" if week.number == 2 else "2026-09-14", CHANGED), CHANNEL_ID: ("2024-09-02", CHANGED_IN_TIME)}
    rows = [(*row, *kept.get(row[1], ("2024-09-02", CHANGED))) for row in rows]
    return [head, *rows[: 4 if week.number < 3 else 3]]
