"""A school that reads X from archive files alone: the same file again, an older one, one that lacks rows.

It alone proves runs without any platform: what may be said of an archive's day, and which archive is refused.
"""

import json
from pathlib import Path

import pytest

from flows.doctor.doctor_files import archive_lines
from flows.weekly.command import RunOptions, again
from tests.connectors.archives import OWNER, manifest, medium, members, shown, tweet, zipped
from tests.flows.calling import Answer, audit
from tests.flows.few_checks import ask_few
from tests.flows.test_live_accounts import ARCHIVE, context

SCHOOL = "ousterly-vale"
RETENTION = "\n[retention]\nplatform_records = 3653\n"  # these archives are of 2024
ACCOUNT = """
[[account]]
platform = "x"
account_id = "1001"
handle = "OusterlyVale"
reads = "archive"
archive = "new.zip"

[budget]"""
COUNTS = {"account": 1, "profile": 1, "follower": 0, "following": 0, "tweets": 1}


def archive(path: Path, made: str, account_id: str = "1001", **more: int) -> Path:
    """Write an archive of one post with a picture that is not there, a video, and a medium of no known kind.

    `more` are counts that the manifest tells.
    """
    shows = shown(medium("61", "a.jpg"), medium("62", "b.mp4", "video"), {"type": "hologram"})
    post = tweet("50", created_at="Fri Mar 01 09:00:00 +0000 2024", extended_entities=shows)
    told = {"data/manifest.js": manifest({**COUNTS, **more}, made=made)}
    owner = {"account": {**OWNER["account"], "accountId": account_id}}
    return zipped(path, members({"tweets": [post], "account": [owner]}) | told)


def test_an_archive_is_read_again_an_older_one_refused_and_one_that_lacks_rows_told(tmp_path: Path) -> None:
    home = {"AUDIT_HOME": str(tmp_path)}
    assert audit("init", SCHOOL, "--pack", "corbets-tey-2022", **home).code == 0
    folder = tmp_path / SCHOOL
    settings = folder / "school.toml"
    named = settings.read_text().replace("Name of the school", "Ousterly Vale School")
    settings.write_text(named.replace("\n[budget]", ACCOUNT) + RETENTION)
    (folder / "registers" / "pupils.csv").write_text("person_id,given_names,surname\nP1,Rosalind,Thistlewood\n")
    (folder / "registers" / "staff.csv").write_text("person_id,given_names,surname\nS1,Ambrose,Netherfold\n")
    older = archive(tmp_path / "older one.zip", "2024-03-02T09:00:00.000Z")
    short = archive(folder / "new.zip", "2024-03-03T09:00:00.000Z", follower=7)

    def run(day: str, *more: str) -> Answer:
        return audit("run", SCHOOL, "--as-of", day, *more, **home)

    def asked(sql: str) -> list[dict[str, object]]:
        told = audit("ask", SCHOOL, sql, "--purpose", "counting", "--format", "json", **home)
        return list(json.loads(told.out))

    first = run("2024-03-04", "--source", f"x=archive:{short}")
    refused = run("2024-03-18", "--source", f"x=archive:{older}")
    same = run("2024-03-18")

    assert (first.code, refused.code, same.code) == (3, 2, 3), first.said + refused.said + same.said
    assert "The archive does not hold all that its own manifest counts: followers (miscounted). Ask X" in first.out
    assert f"To finish this run: audit run {SCHOOL} --as-of 2024-03-04 --source x=archive:{short}\n" in first.out
    assert refused.err == (
        "The X archive older one.zip is of 2 March 2024, and the account was read last as it stood on 3 March 2024: "
        "download a newer one from X and name it in school.toml, then run again.\n"
    )
    assert asked("select archive_made_on::text as made, archive_is_old as old from published.pulls "
                 "where source like 'x_archive%' order by run_id") == [
        {"made": "2024-03-03", "old": False},
        {"made": "2024-03-03", "old": True},
    ]  # fmt: skip
    unsaid = "not contains(why, 'Read from the archive of 3 March 2024; nothing later was seen.')"
    assert (
        asked(
            f"select check_id from published.sight where platform = 'x' and fetched > 0 and {unsaid} "
            "and check_id not in ('account_register', 'approved_before_use', 'sign_in_facts')"
        )
        == []
    )
    assert asked("select check_id from published.coverage where run_id = '2024-03-18' and verdict = 'kept'") == []
    assert asked("select fetched, judged from published.coverage where run_id = '2024-03-18' and "
                 "check_id = 'unapproved_picture'") == [{"fetched": 3, "judged": 0}]  # fmt: skip
    assert asked("select sum(requests) as n from published.costs") == [{"n": None}]


def test_an_older_archive_leaves_its_own_account_unjudged_and_no_other(tmp_path: Path) -> None:
    home = {"AUDIT_HOME": str(tmp_path)}
    assert audit("init", SCHOOL, **home).code == 0
    folder = tmp_path / SCHOOL
    ask_few(folder)
    other = ACCOUNT.replace("1001", "1002").replace("OusterlyVale", "OusterlyHall").replace("new.zip", "other.zip")
    settings = folder / "school.toml"
    accounts = ACCOUNT.removesuffix("[budget]") + other
    settings.write_text(settings.read_text().replace("\n[budget]", accounts) + RETENTION)
    archive(folder / "new.zip", "2024-03-03T09:00:00.000Z")
    archive(folder / "other.zip", "2024-03-03T09:00:00.000Z", "1002")
    assert audit("run", SCHOOL, "--as-of", "2024-03-04", **home).code == 0
    archive(folder / "new.zip", "2024-03-02T09:00:00.000Z")
    archive(folder / "other.zip", "2024-03-10T09:00:00.000Z", "1002")

    answer = audit("run", SCHOOL, "--as-of", "2024-03-11", **home)
    asked = "select account_id, check_id, fetched from published.sight where run_id = '2024-03-11'"
    told = audit("ask", SCHOOL, asked, "--purpose", "counting", "--format", "json", **home)

    assert answer.code == 3, answer.said
    assert "The X archive new.zip is of 2 March 2024, and the account was read last" in answer.said
    seen = {(row["account_id"], row["check_id"]): row["fetched"] for row in json.loads(told.out)}
    assert seen["1002", "contact_details"] == 1
    assert {fetched for (account_id, _), fetched in seen.items() if account_id == "1001"} == {0}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (RunOptions(), "audit run s --as-of 2026-11-02"),
        (RunOptions(only="x"), "audit run s --as-of 2026-11-02 --only x"),
        (
            RunOptions(sources=("x:1=archive:a b.zip", "x:2=archive:c.zip")),
            "audit run s --as-of 2026-11-02 --source 'x:1=archive:a b.zip' --source x:2=archive:c.zip",
        ),
    ],
)
def test_the_command_that_goes_on_with_a_run_is_the_one_that_began_it(options: RunOptions, told: str) -> None:
    assert again("s", "2026-11-02", options) == told


def test_the_doctor_says_of_which_day_an_archive_is_and_why_one_is_none(tmp_path: Path) -> None:
    archive(tmp_path / "a.zip", "2024-03-03T09:00:00.000Z")
    archive(tmp_path / "b.zip", "soon")
    (tmp_path / "c.zip").write_text("no zip")

    (tmp_path / SCHOOL).mkdir()
    named = ARCHIVE | {"account_id": "1001", "handle": "OusterlyVale"}
    accounts = [named | {"archive": f"../{name}.zip"} for name in "abcd"]
    looks = []
    for account in accounts:
        here = context(tmp_path, [account])
        looks += archive_lines(here, here.school.account[0], "x @OusterlyVale")

    assert [look.is_ok for look in looks] == [True, True, False, False]
    assert "archive of 2024-03-03; one of more than a week" in looks[0].says
    assert "archive of no day that it tells" in looks[1].says
    assert "c.zip is not a whole zip file" in looks[2].says
    assert "d.zip is not there: put it where school.toml says" in looks[3].says
