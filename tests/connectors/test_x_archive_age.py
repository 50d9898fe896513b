"""When an archive was made, and what becomes of one that is older than what was read before."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.errors import SourceRefused
from connectors.records import Archive
from connectors.x_archive.pull import XArchiveSource
from tests.connectors.archives import ACCOUNT, MADE, NOW, OWNER, manifest, members, pull, script, tweet, zipped
from tests.connectors.register_files import NoStore, of

MADE_AT = datetime.fromisoformat(MADE)
NEWEST = datetime(2026, 10, 30, 8, tzinfo=UTC)


def undated(*rows: object) -> dict[str, bytes]:
    """Return the members of an archive of the old layout, which does not say when it was made."""
    return {"account.js": script("account", [OWNER]), "tweet.js": script("tweet", list(rows))}


def made(path: Path) -> Archive:
    (archive,) = of(pull(path), Archive)
    assert isinstance(archive, Archive)
    return archive


def test_the_day_and_the_file_of_an_archive_are_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", members({"tweets": [tweet("50")]}))

    assert made(path) == Archive(
        platform="x",
        account_id="1001",
        made_at=MADE_AT,
        is_dated=True,
        file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


@pytest.mark.parametrize(
    ("times", "made_at"),
    [
        (["Fri Oct 30 08:00:00 +0000 2026", "Sat Aug 12 16:10:37 +0000 2026"], NEWEST),
        (["Fri Oct 30 08:00:00 +0000 2026", "Sun Nov 08 08:00:00 +0000 2026", "yesterday"], NEWEST),
        ([], datetime(2019, 9, 1, 8, tzinfo=UTC)),
    ],
    ids=["its newest post", "none from the future", "the account's own first day"],
)
def test_an_archive_that_does_not_say_when_it_was_made_is_as_old_as_the_newest_thing_in_it(
    tmp_path: Path, times: list[str], made_at: datetime
) -> None:
    rows = [tweet(str(50 + number), created_at=time)["tweet"] for number, time in enumerate(times)]

    archive = made(zipped(tmp_path / "a.zip", undated(*rows)))

    assert (archive.made_at, archive.is_dated) == (made_at, False)


def test_an_archive_with_no_time_in_it_is_of_no_day(tmp_path: Path) -> None:
    owner = {"account": {**OWNER["account"], "createdAt": "long ago"}}

    assert made(zipped(tmp_path / "a.zip", {"account.js": script("account", [owner])})).made_at is None


def again(path: Path, last_read: datetime) -> int:
    """Return how many records come of an archive when the account was read before."""
    source = XArchiveSource(path, ACCOUNT, clock=lambda: NOW, last_read=last_read)
    return len(list(source.pull(NoStore())))


def test_an_older_archive_is_refused_with_both_days_and_the_same_one_is_read_again(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", members({}))

    assert again(path, MADE_AT) == again(path, MADE_AT - timedelta(days=30)) > 0
    with pytest.raises(SourceRefused) as caught:
        again(path, MADE_AT + timedelta(hours=40))
    assert caught.value.reason == "input"
    assert str(caught.value) == (
        "The X archive a.zip is of 1 November 2026, and the account was read last as it stood on 3 November 2026: "
        "download a newer one from X and name it in school.toml, then run again."
    )


def test_an_archive_of_no_day_is_not_read_after_one_that_has_a_day(tmp_path: Path) -> None:
    owner = {"account": {**OWNER["account"], "createdAt": None}}
    path = zipped(tmp_path / "a.zip", {"account.js": script("account", [owner])})

    with pytest.raises(SourceRefused, match="does not say when it was made, and the account was read last"):
        again(path, MADE_AT)


@pytest.mark.parametrize("told", ["", "soon", None, "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
def test_a_day_in_the_manifest_that_cannot_be_read_is_no_day(tmp_path: Path, told: str) -> None:
    content = members({"tweets": [tweet("50", created_at="Fri Oct 30 08:00:00 +0000 2026")]})
    path = zipped(tmp_path / "a.zip", content | {"data/manifest.js": manifest({"tweets": 1}, made=told)})

    archive = made(path)

    assert (archive.made_at, archive.is_dated) == (NEWEST, False)
