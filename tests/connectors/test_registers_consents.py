"""What a school writes under consent counts as consent only where everybody would read it so."""

from datetime import date
from pathlib import Path

import pytest

from connectors.records import Person, Photograph, RegisterColumn, RegisterProblem
from connectors.registers.consents import UNKNOWN
from connectors.registers.headers import wrong_columns
from connectors.registers.pull import read_register
from tests.connectors.register_files import of, pull, workbook

GIVEN = ("given", "Given", " YES ", "y", "Y.", "True", "1", "granted", "Consented", "full", "signed", "ok", "opt-in")
NOTHING = ("", " ", "-", "\u2013", "n/a", "N.A.", "Not needed", "not applicable")
WITHDRAWN = ("withdrawn", "WITHDRAWN.", "Refused", "revoked", "declined", "denied", "no", "N", "n", "not given",
             "false", "0", "Consent withdrawn", "No consent", "not consented", "Opted out", "opted-out",
             "do not photograph", "no photos")  # fmt: skip
NOT_KNOWN = ("withdrawn 3/9/26", "refused by mother", "internal only", "website only", "given but not online", "?",
             "pending", "given until 2025", "no, given", "x", "#N/A", "yes/no", "not yes")  # fmt: skip
MEANT = [
    *((word, "given", False) for word in GIVEN),
    *((word, None, False) for word in NOTHING),
    *((word, "withdrawn", False) for word in WITHDRAWN),
    *((word, "withdrawn", True) for word in NOT_KNOWN),
]


@pytest.mark.parametrize(("word", "meant", "is_told"), MEANT)
def test_a_photographs_consent_is_given_withdrawn_or_nothing(
    tmp_path: Path, word: str, meant: str | None, is_told: bool
) -> None:
    records = pull(tmp_path, "photographs", f'Ref,File,Channels,Consent\nP1,a.jpg,x,"{word}"\n')

    assert [one.consent for one in of(records, Photograph)] == [meant]
    told = [(one.row, one.column_name, one.problem) for one in of(records, RegisterProblem)]
    assert told == ([(2, "Consent", UNKNOWN)] if is_told else [])


@pytest.mark.parametrize("register", ["pupils", "leavers"])
@pytest.mark.parametrize(("word", "meant", "is_told"), MEANT)
def test_a_pupils_consent_is_read_in_the_same_way(
    tmp_path: Path, register: str, word: str, meant: str | None, is_told: bool
) -> None:
    records = pull(tmp_path, register, f'Adno,Name,Photo consent\n7,Ada Nightjar,"{word}"\n')

    assert [one.picture_consent for one in of(records, Person)] == [meant]
    told = [(one.row, one.column_name, one.problem) for one in of(records, RegisterProblem)]
    assert told == ([(2, "Photo consent", UNKNOWN)] if is_told else [])


def test_a_tick_and_a_nought_of_a_spreadsheet_are_consents(tmp_path: Path) -> None:
    answers = [True, False, 1, 0, 1.0, None]
    rows = [["Adno", "Name", "Photo consent"], *([f"A{n}", "Ada Nightjar", said] for n, said in enumerate(answers))]

    records = pull(tmp_path, "pupils", workbook(rows), "pupils.xlsx")

    assert [one.picture_consent for one in of(records, Person)] == [
        "given",
        "withdrawn",
        "given",
        "withdrawn",
        "given",
        None,
    ]
    assert of(records, RegisterProblem) == []


def test_where_no_column_asks_for_consent_nothing_is_said(tmp_path: Path) -> None:
    (photograph,) = of(pull(tmp_path, "photographs", "Ref,File,Channels\nP1,a.jpg,x\n"), Photograph)

    assert photograph.consent is None


def test_of_anybody_but_pupils_no_consent_is_kept(tmp_path: Path) -> None:
    records = pull(tmp_path, "staff", "Staff Code,Name,Photo consent\nS1,Sam Else,internal only\n")

    assert [one.picture_consent for one in of(records, Person)] == [None]
    assert of(records, RegisterProblem) == []


SOCIAL, ONLY_WEBSITE = "x=withdrawn;youtube=withdrawn", "x=withdrawn;youtube=withdrawn;website=given;press=withdrawn"
# The headings and cells of an export, what is read of where the pupil may be shown, and how many rows are told.
BY_CHANNEL = {
    "a refusal for the newspaper": (("Photos - newspaper",), ("No",), "press=withdrawn", 0),
    "one heading for each kind, as Arbor has them": (
        ("Website photographs", "Internal photograph", "Photographs - Social Media"), ("Yes", "Yes", "No"),
        f"{SOCIAL};website=given;display=given", 0,
    ),
    "as Bromcom and ScholarPack may have them": (
        ("Photo Permission: Twitter", "Photo Permission: You Tube", "Video on school website"), ("N", "Y", ""),
        "x=withdrawn;youtube=given", 0,
    ),
    "a heading for several": (
        ("Consent to use photographs on our website or X",), ("no",), "x=withdrawn;website=withdrawn", 0
    ),
    "a general consent, and a refusal for X": (("Photo consent", "Photos (X)"), ("Yes", "No"), "given;x=withdrawn", 0),
    "a general refusal, and a consent for X": (("Photo consent", "Photos (X)"), ("No", "Yes"), "withdrawn", 0),
    "both in one cell": (("Photo consent",), ("Photos - website: Yes; social media: No",), ONLY_WEBSITE, 0),
    "the answer first": (("Photo consent",), ("Yes - website; No - social media",), ONLY_WEBSITE, 0),
    "a refusal alone in a cell": (("Photo consent",), ("No press",), "press=withdrawn", 0),
    "a list of all that was given, as SIMS has it": (
        ("Parental Consents",), ("School Trips, Photograph - Website",), ONLY_WEBSITE, 0
    ),
    "such a list under a heading of pictures": (
        ("Photo consent",), ("School Trips, Photograph - Website",), ONLY_WEBSITE, 0
    ),
    "such a list with pictures everywhere": (("Parental Consents",), ("Photograph Student; Trips",), "given", 0),
    "another platform": (("Photos - Facebook",), ("No",), "elsewhere=withdrawn", 0),
    "a word under a channel that nobody knows": (("Photos - social media",), ("ask mother",), SOCIAL, 1),
    "a cell that answers for one of two": (("Photo consent",), ("website: yes, social media",), "withdrawn", 1),
    "a kind that was asked for and not answered": (("Photo consent",), ("pending, Photograph",), "withdrawn", 1),
}  # fmt: skip


@pytest.mark.parametrize(("headings", "cells", "meant", "told"), BY_CHANNEL.values(), ids=BY_CHANNEL)
def test_a_consent_is_read_for_the_channels_that_a_heading_or_a_cell_names(
    tmp_path: Path, headings: tuple[str, ...], cells: tuple[str, ...], meant: str, told: int
) -> None:
    rows = [["Adno", "Name", *headings], ["7", "Ada Nightjar", *cells]]

    records = pull(tmp_path, "pupils", workbook(rows), "pupils.xlsx")

    [said] = [one.picture_consent for one in of(records, Person)]
    assert said is not None
    assert said.startswith(meant) if meant == ONLY_WEBSITE else said == meant
    assert len(of(records, RegisterProblem)) == told
    states = [column.state for column in of(records, RegisterColumn) if column.column_name == "picture_consent"]
    assert "missing" not in states or not {"x", "youtube"} <= {part.partition("=")[0] for part in said.split(";")}


def test_in_a_list_of_consents_what_does_not_stand_there_is_not_given(tmp_path: Path) -> None:
    cells = ("School Trips, Photograph - Website", "School Trips", "", "Photograph")
    rows = "".join(f'{number},Ada Nightjar,"{cell}"\n' for number, cell in enumerate(cells))

    records = pull(tmp_path, "pupils", f"Adno,Name,Permissions\n{rows}")

    said = [str(one.picture_consent) for one in of(records, Person)]
    assert (said[0].startswith(ONLY_WEBSITE), said[1:]) == (True, ["withdrawn", "withdrawn", "given"])
    assert of(records, RegisterProblem) == []


def test_consents_of_which_none_is_for_pictures_say_nothing_of_them(tmp_path: Path) -> None:
    records = pull(tmp_path, "pupils", "Adno,Name,Parental Consent\n7,Ada Nightjar,No\n8,Bo Nightjar,School Trips\n")

    assert [one.picture_consent for one in of(records, Person)] == [None, None]
    states = {column.heading or column.column_name: column.state for column in of(records, RegisterColumn)}
    assert (states["Parental Consent"], states["picture_consent"]) == ("ignored", "missing")


def test_a_consent_for_the_website_alone_leaves_the_one_for_the_platforms_missing(tmp_path: Path) -> None:
    for heading, is_missing in (("Photos - website", True), ("Photos - social media", False)):
        records = pull(tmp_path, "pupils", f"Adno,Name,{heading}\n7,Ada Nightjar,Yes\n")
        columns = [column for column in of(records, RegisterColumn) if column.column_name == "picture_consent"]
        assert ("missing" in [column.state for column in columns]) == is_missing


def test_school_toml_says_for_which_channels_a_heading_is(tmp_path: Path) -> None:
    file = "Adno,Name,Photo consent\n7,Ada Nightjar,No\n"
    (tmp_path / "pupils.csv").write_text(file)
    for said, meant in (
        ("picture_consent: website, press", "website=withdrawn;press=withdrawn"),
        ("picture_consent", "withdrawn"),
    ):
        mapped = {"Photo consent": said}
        records = read_register(tmp_path, "pupils", "pupils.csv", as_of=date(2026, 11, 2), mapped=mapped)
        assert [one.picture_consent for one in of(records, Person)] == [meant]
        assert list(wrong_columns("pupils", mapped)) == []
    [wrong] = wrong_columns("pupils", {"Photo consent": "picture_consent: Insta"})
    assert "names no channel; there are: x, youtube," in wrong


BESIDE = {
    "a No beside a kind is a refusal": ("Consent type,Answer", ["Photographs,No"], "withdrawn", False),
    "a No beside a list is a refusal": ("Consents,Answer", ["Photographs,No"], "withdrawn", False),
    "a Yes beside a list is one": ("Parental Consents,Given", ["Photographs,Yes", "School Trips,No"], "given", False),
    "a Yes beside a kind is one": ("Consent type,Answer", ["Photographs,Yes", "School Trips,No"], "given", False),
    "of one channel": ("Consent type,Consented", ["Photographs,Y", "Photos on Twitter,N"], "given;x=withdrawn", False),
    "an answer that is not there says nothing": ("Consent type,Answer", ["Photographs,", "Trips,Yes"], None, False),
    "an odd answer to another kind": (
        "Consent type,Answer",
        ["Photographs,Yes", "Trips,Yes", "Trips,ask"],
        "given",
        False,
    ),
    "without answers nobody can tell": ("Consent types,Note", ["Photographs,see letter"], None, True),
    "with two answers nobody can tell": ("Consent type,Mother,Father", ["Photographs,Yes,No"], None, True),
}


@pytest.mark.parametrize(("headings", "rows", "meant", "is_missing"), BESIDE.values(), ids=BESIDE)
def test_a_kind_of_consent_counts_as_given_only_by_the_answer_beside_it(
    tmp_path: Path, headings: str, rows: list[str], meant: str | None, is_missing: bool
) -> None:
    lines = "".join(f"1,Ada Nightjar,{row}\n" for row in rows)

    records = pull(tmp_path, "pupils", f"Adno,Name,{headings}\n{lines}")

    assert [one.picture_consent for one in of(records, Person)] == [meant]
    columns = [column for column in of(records, RegisterColumn) if column.column_name == "picture_consent"]
    assert ("missing" in [column.state for column in columns]) == is_missing


OF_CHANNELS = {
    "a No refuses the channels": (
        "Photo consent,Social media consent",
        "Yes,No",
        "given;x=withdrawn;youtube=withdrawn",
        0,
    ),
    "a Yes leaves the rest as it is": ("Photo consent,Social media consent", "Yes,Yes", "given", 0),
    "a Yes alone gives nothing": ("Permission for social media", "Yes", None, 0),
    "a channel alone": ("Photo consent,Website", "Yes,No", "given;website=withdrawn", 0),
    "what is no answer": ("Photo consent,Website", "Yes,https://a.example", "given", 0),
}


@pytest.mark.parametrize(("headings", "row", "meant", "told"), OF_CHANNELS.values(), ids=OF_CHANNELS)
def test_a_refusal_under_a_heading_that_names_a_channel_and_no_picture_counts(
    tmp_path: Path, headings: str, row: str, meant: str | None, told: int
) -> None:
    records = pull(tmp_path, "pupils", f"Adno,Name,{headings}\n1,Ada Nightjar,{row}\n")

    assert [one.picture_consent for one in of(records, Person)] == [meant]
    assert len(of(records, RegisterProblem)) == told
    columns = [column for column in of(records, RegisterColumn) if column.column_name == "picture_consent"]
    assert ("missing" in [column.state for column in columns]) == ("Photo consent" not in headings)


def test_among_answers_under_such_a_heading_one_that_nobody_knows_refuses_the_channels(tmp_path: Path) -> None:
    rows = "1,Ada Nightjar,Yes,Yes\n2,Bo Nightjar,Yes,No\n3,Cy Nightjar,Yes,ask mother\n"

    records = pull(tmp_path, "pupils", f"Adno,Name,Photo consent,Social media consent\n{rows}")

    assert [one.picture_consent for one in of(records, Person)] == ["given", f"given;{SOCIAL}", f"given;{SOCIAL}"]
    assert len(of(records, RegisterProblem)) == 1


@pytest.mark.parametrize("answer", ["Yes", "No", "y", "Given", "na", "Withdrawn"])
@pytest.mark.parametrize("heading", ["Twitter", "YouTube"])
def test_an_answer_in_a_column_of_accounts_is_no_account_and_is_told(tmp_path: Path, heading: str, answer: str) -> None:
    records = pull(tmp_path, "pupils", f"Adno,Name,{heading}\n1,Ada Nightjar,{answer}\n2,Bo Nightjar,@maya\n")

    accounts = [one.x_account or one.youtube_account for one in of(records, Person)]
    assert accounts == [None, "@maya"]
    assert [(one.row, one.column_name, one.doubts) for one in of(records, RegisterProblem)] == [
        (2, heading, "person_id")
    ]


NOT_X = "given;x=withdrawn"
REFUSED_IN_LISTS = {
    "School Trips, Photographs, No social media": (f"given;{SOCIAL}", 0),
    "Photographs, Not Twitter": (NOT_X, 0),
    "Photographs, but not on Twitter": (NOT_X, 0),
    "Photographs, Social media refused": (f"given;{SOCIAL}", 0),
    "Photographs; Social media - No": (f"given;{SOCIAL}", 0),
    "Photographs, Withdrawn: social media": (f"given;{SOCIAL}", 0),
    "Photographs, Photos on Twitter: No": (NOT_X, 0),
    "Photograph - Website, No social media": (ONLY_WEBSITE, 0),
    "No social media, School Trips": ("withdrawn", 0),
    "Photographs, Twitter refused by mother": ("withdrawn", 1),
    "Photographs, internal only": ("withdrawn", 1),
    "Photographs, social media pending": ("withdrawn", 1),
    "Photographs, No": ("withdrawn", 1),
    "Photographs, Internet access": ("given", 0),
    "Photographs, Social media: Yes": ("given", 0),
}


@pytest.mark.parametrize(("cell", "meant", "told"), [(cell, *said) for cell, said in REFUSED_IN_LISTS.items()])
def test_what_a_list_of_consents_refuses_is_refused_and_what_is_unsure_is_told(
    tmp_path: Path, cell: str, meant: str, told: int
) -> None:
    rows = f'7,Ada Nightjar,"{cell}"\n8,Bo Nightjar,Photographs\n'

    records = pull(tmp_path, "pupils", f"Adno,Name,Parental Consents\n{rows}")

    said, other = [str(one.picture_consent) for one in of(records, Person)]
    assert (said.startswith(meant) if meant == ONLY_WEBSITE else said == meant, other) == (True, "given")
    assert len(of(records, RegisterProblem)) == told


@pytest.mark.parametrize(("file_name", "channels"), [("a.jpg", "x;website;youtube"), ("b.jpg", "x")])
def test_rows_of_one_photograph_that_differ_in_the_file_approve_only_what_both_approve(
    tmp_path: Path, file_name: str, channels: str
) -> None:
    rows = f"P1,a.jpg,x;website\nP1,{file_name},youtube;x\n"

    [one] = of(pull(tmp_path, "photographs", f"Ref,File,Channels\n{rows}"), Photograph)

    assert one.channels == channels
