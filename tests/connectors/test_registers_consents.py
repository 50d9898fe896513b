"""What a school writes under consent counts as consent only where everybody would read it so."""

from pathlib import Path

import pytest

from connectors.records import Person, Photograph, RegisterProblem
from connectors.registers.consents import UNKNOWN
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
