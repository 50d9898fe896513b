"""What doctor says of the school's own files: each row a file or a mistake, and the sentence that a person reads."""

import logging
from pathlib import Path

import pytest

from flows.home.init import make_key
from flows.home.settings import Settings
from flows.pictures.masters import master_files
from flows.pictures.photo_files import lost_files
from flows.registers.registers import in_counts
from flows.registers.sources import registers_source
from tests.flows.calling import Answer, audit
from tests.flows.village import SCHOOL, write_home
from warehouse.store.places import Places

NOWHERE = dict.fromkeys(("AUDIT_X_URL", "AUDIT_YOUTUBE_URL", "AUDIT_MEDIA_URL"), "http://127.0.0.1:9")
PUPILS = "person_id,given_names,surname,year_group,Photograph Student,SEN\nP1,Rosalind,Thistlewood,8,No,K\n"
PHOTOGRAPHS = "photograph_id,file_name,video_id,channels\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_home(tmp_path)
    make_key(Settings(home=tmp_path), Places(tmp_path, SCHOOL))
    return tmp_path


def doctor(home: Path, *, settings: str = "", files: list[str] | None = None, **registers: str) -> Answer:
    """Ask doctor of the village with these registers, files of photographs and further lines of school.toml."""
    folder = home / SCHOOL
    for register, text in registers.items():
        (folder / "registers" / f"{register}.csv").write_text(text)
    for name in files or []:
        (folder / "photographs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "photographs" / name).write_bytes(b"a picture")
    (folder / "school.toml").write_text((folder / "school.toml").read_text() + settings)
    return audit("doctor", SCHOOL, AUDIT_HOME=str(home), **NOWHERE)


ROWS = {
    "a heading that nobody recognised": (
        {"pupils": PUPILS},
        ("wrong  pupils.csv columns: 4 recognised; ignored: Photograph Student (did you mean picture_consent?), SEN; "
        "missing: known_as, date_of_birth, class_name, x_account, youtube_account, picture_consent; map a heading "
        "under [registers.columns] in school.toml."),
    ),
    "a consent that does not say for which channels": (
        {"pupils": PUPILS.replace("Photograph Student", "Photo consent")},
        ("ok     pupils consent: Photo consent does not say for which channels it is, so a refusal counts for all. Say "
        'it in school.toml: [registers.columns.pupils] "Photo consent" = "picture_consent", or for some alone'),
    ),
    "a column whose first cell may be somebody's": (
        {"pupils": "person_id,full_name,tamsin@ousterly.example\nP1,Rosalind Thistlewood,x\n"},
        "ok     pupils.csv columns: 2 recognised; ignored: column C; missing:",
    ),
    "two headings for one column": (
        {"pupils": "UPN,Adno,Name\nU1,1,Rosalind Thistlewood\n"},
        "ignored: UPN (person_id is read from another); missing:",
    ),
    "people without ids": (
        {"staff": "Name,Job title\nAmbrose Netherfold,Teacher\n"},
        "; without ids of their own, people are given one made of their name and role.",
    ),
    "staff for pupils": (
        {"pupils": "Staff Code,Name\nS1,Ambrose Netherfold\n"},
        ("wrong  registers: The register pupils.csv is no register of pupils: its ids are headed Staff Code, as on a "
        "register of staff: put the right file in its place or correct its name in school.toml, then run again."),
    ),
    "a photograph under another suffix": (
        {"photographs": PHOTOGRAPHS + "M7,Sports-Day.jpg,,x\n"},
        ("wrong  photograph M7: Sports-Day.jpg is not in the photographs folder, so no posted picture can be known by "
        "it; is it 2026/sports day.jpeg? Correct the register, or rename the file."),
    ),
    "a photograph that is nowhere": (
        {"photographs": PHOTOGRAPHS + "M8,harvest.jpg,,x\n"},
        ("wrong  photograph M8: harvest.jpg is not in the photographs folder, so no posted picture can be known by it; "
        "put it there."),
    ),
    "a photograph outside the folder": (
        {"photographs": PHOTOGRAPHS + "M9,../registers/staff.csv,,x\n"},
        "wrong  photographs.csv: Row 2: file_name: The file must be named as it stands inside the photographs folder.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ROWS)
def test_doctor_says_what_is_the_matter_with_a_file(home: Path, what: str) -> None:
    registers, says = ROWS[what]

    answer = doctor(home, files=["2026/sports day.jpeg"], **registers)

    assert says in answer.out
    assert ("wrong" in answer.out) == (answer.code == 2)
    assert answer.err == ""


MAPPED = {
    '"Photograph Student" = "picture_consent"': "ok     pupils.csv columns: 5 recognised; ignored: SEN; missing:",
    '"Photograph Student" = ""': "ok     pupils.csv columns: 4 recognised; ignored: SEN; missing:",
    '"Photo of Student" = "picture_consent"': (
        "picture_consent (school.toml maps Photo of Student, which the file does not have)"
    ),
    '"Photograph Student" = "picture_consent: Insta"': "'Photograph Student' names no channel; there are: x, youtube,",
    '"Photograph Student" = "photo_consent"': (
        "[registers.columns.pupils] in school.toml: there is no column 'photo_consent' for 'Photograph Student'; is it "
        "picture_consent?"
    ),
    '"Photograph Student" = "class_name"\nSEN = "class_name"': (
        "[registers.columns.pupils] in school.toml: 'Photograph Student' and 'SEN' cannot both be class_name; keep one."
    ),
}  # fmt: skip


@pytest.mark.parametrize("lines", MAPPED)
def test_a_mapped_heading_is_settled_or_its_mistake_is_said(home: Path, lines: str) -> None:
    answer = doctor(home, settings=f"\n[registers.columns.pupils]\n{lines}\n", pupils=PUPILS)

    assert MAPPED[lines] in answer.said


def test_headings_are_counted_in_a_run_and_named_in_no_log(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    from flows.home.context import open_context

    (home / SCHOOL / "registers" / "pupils.csv").write_text(PUPILS)
    with caplog.at_level(logging.DEBUG):
        records = list(registers_source(open_context(Settings(home=home), SCHOOL, None)).pull())

    assert in_counts(SCHOOL, records) == (
        "2 headings were not read (1 may be meant for one that is missing), 19 columns are missing; "
        f"audit doctor {SCHOOL} names them."
    )
    assert "Photograph" not in caplog.text


@pytest.mark.parametrize(
    ("register", "folder", "nearest"),
    [
        ("mia.jpg", "mia.jpeg", "mia.jpeg"),
        ("mia.jpg", "MIA.JPG.png", None),
        ("year-4/play ground.jpg", "year 4/Playground.png", "year 4/Playground.png"),
        ("playground.jpg", "plyaground.jpg", "plyaground.jpg"),
        ("playground.jpg", "hall.jpg", None),
    ],
)
def test_the_name_most_like_a_lost_one_is_suggested(
    tmp_path: Path, register: str, folder: str, nearest: str | None
) -> None:
    (tmp_path / folder).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / folder).touch()
    (tmp_path / "harvest.jpg").touch()

    assert lost_files(tmp_path, [register, "harvest.jpg"]) == {register: nearest}


def test_a_file_that_another_row_names_is_suggested_for_none(tmp_path: Path) -> None:
    (tmp_path / "play-1.jpg").touch()
    rows = [{"photograph_id": str(n), "file_name": f"play-{n}.jpg"} for n in (1, 2)]

    assert [(one.is_there, one.nearest) for one in master_files(tmp_path, rows, {})] == [(True, None), (False, None)]


TERM = '\n[[calendar.term]]\nname = "A term"\nfirst = {}-01-01\nlast = {}-12-31\n'


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("", "ok     calendar: There is no calendar in school.toml, so every day counts"),
        (TERM.format(2020, 2020), "wrong  calendar: The calendar ended on Thursday 31 December 2020"),
        (TERM.format(2098, 2098), "ok     calendar: Cases that are critical or high are due in days, others in school"),
    ],
)
def test_doctor_says_how_days_to_act_are_counted(home: Path, settings: str, says: str) -> None:
    assert says in doctor(home, settings=settings).out


@pytest.mark.parametrize(
    ("nation", "says"),
    [
        (
            "",
            "ok     nation: No nation stands in school.toml, so the advice is England's. Write under [school] nation =",
        ),
        ('nation = "northern_ireland"', "ok     nation: advice goes by the guidance of Northern Ireland."),
    ],
)
def test_doctor_asks_for_the_nation_and_says_by_whose_guidance_advice_goes(home: Path, nation: str, says: str) -> None:
    path = home / SCHOOL / "school.toml"
    path.write_text(path.read_text().replace("[school]", f"[school]\n{nation}", 1))

    assert says in doctor(home).out
