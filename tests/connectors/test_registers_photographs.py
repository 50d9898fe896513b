"""The photographs register is an allow-list, so what cannot be read in it allows nothing; the accounts register."""

from datetime import date
from pathlib import Path

import pytest

from connectors.records import Photograph, RegisteredAccount, RegisterProblem, RegisterRead
from tests.connectors.register_files import of, pull

HEADER = "Photo ID,File,Video,Channels,Approved by,Approved on,Expires,Basis,Consent,Objection,Pupils\n"


def test_an_approved_photograph_is_read_whole(tmp_path: Path) -> None:
    row = r"P1,2026\sports day.jpg,,Twitter; Website,Head,01/09/2026,31/08/2027,Public Task,given,none,12;13"

    (photograph,) = of(pull(tmp_path, "photographs", f"{HEADER}{row}\n"), Photograph)

    assert photograph == Photograph(
        photograph_id="P1",
        file_name="2026/sports day.jpg",
        video_id=None,
        channels="x;website",
        approved_by="Head",
        approved_on=date(2026, 9, 1),
        expires_on=date(2027, 8, 31),
        basis="public_task",
        consent="given",
        objection="none",
        pupil_ids="12;13",
    )


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("https://www.youtube.com/watch?v=Ab-1_cdEfgh&t=3s", "Ab-1_cdEfgh"),
        ("https://www.youtube.com/watch?list=PL1&v=Ab-1_cdEfgh", "Ab-1_cdEfgh"),
        ("youtu.be/Ab-1_cdEfgh?si=x", "Ab-1_cdEfgh"),
        ("https://m.youtube.com/shorts/Ab-1_cdEfgh", "Ab-1_cdEfgh"),
        ("Ab-1_cdEfgh", "Ab-1_cdEfgh"),
    ],
)
def test_a_video_goes_by_its_id_or_its_address(tmp_path: Path, told: str, meant: str) -> None:
    (photograph,) = of(pull(tmp_path, "photographs", f"Ref,Video link,Channel\nV1,{told},YouTube\n"), Photograph)

    assert (photograph.video_id, photograph.file_name, photograph.channels) == (meant, None, "youtube")


def test_an_unknown_channel_or_basis_is_left_out_and_the_rest_kept(tmp_path: Path) -> None:
    text = "Ref,File,Channels,Basis\nP1,a.jpg,x/facebook,vibes\nP2,b.jpg,x;facebook,consent\nP3,c.jpg,,\n"

    records = pull(tmp_path, "photographs", text)

    photographs = of(records, Photograph)
    assert [(p.photograph_id, p.channels, p.basis) for p in photographs] == [
        ("P1", "", None),
        ("P2", "x", "consent"),
        ("P3", "", None),
    ]
    assert [(p.row, p.column_name) for p in of(records, RegisterProblem)] == [
        (2, "Channels"),
        (2, "Basis"),
        (3, "Channels"),
    ]


@pytest.mark.parametrize("name", ["/etc/hosts.jpg", "../a.jpg", r"..\a.jpg", r"C:\a.jpg", r"\\server\a.jpg", "#N/A"])
def test_a_file_outside_the_photographs_folder_is_not_looked_at(tmp_path: Path, name: str) -> None:
    records = pull(tmp_path, "photographs", f"Ref,File,Channels\nP1,{name},x\n")

    assert of(records, Photograph) == []
    assert [problem.column_name for problem in of(records, RegisterProblem)] == ["File", None]
    assert of(records, RegisterRead)[0].set_aside == 1


def test_a_row_without_id_or_with_a_video_that_is_none_is_set_aside(tmp_path: Path) -> None:
    records = pull(tmp_path, "photographs", "Ref,Video,Channels\n,Ab-1,youtube\nV2,our film!,youtube\n")

    assert of(records, Photograph) == []
    assert of(records, RegisterRead)[0].set_aside == 2


def test_an_official_account_needs_a_platform_and_an_id_or_a_handle(tmp_path: Path) -> None:
    text = """Platform,Account ID,Handle,Purpose,Owner role,Approved by,Approved on
Twitter,1001,@OusterlyVale,News,lead,Head,2026-09-01
YouTube,,https://youtube.com/@ousterlyvale,,,,
X,1001,@Other,,,,
YouTube,,@OusterlyVale,,,,
Facebook,5,@o,,,,
X,,,,,,
"""
    records = pull(tmp_path, "accounts", text)

    assert of(records, RegisteredAccount) == [
        RegisteredAccount(
            platform="x",
            account_id="1001",
            handle="@OusterlyVale",
            purpose="News",
            owner_role="lead",
            approved_by="Head",
            approved_on=date(2026, 9, 1),
        ),
        RegisteredAccount(platform="youtube", account_id=None, handle="ousterlyvale"),
    ]
    assert [problem.row for problem in of(records, RegisterProblem)] == [4, 5, 6, 6, 7]
    assert of(records, RegisterRead)[0].set_aside == 4
