"""Whatever is damaged in an archive, or not in X's form, brings a refusal in one sentence and nothing worse."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.errors import SourceRefused
from tests.connectors.archives import follow, members, pull, refused, tweet, zipped


def test_a_download_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", WHOLE)
    path.write_bytes(path.read_bytes()[:-400])

    refused(path, "is not a whole zip file")


def test_a_checksum_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, body in WHOLE.items():
            archive.writestr(name, body)
    path.write_bytes(path.read_bytes().replace(b'"accountId": "7"', b'"accountId": "9"'))

    refused(path, "is damaged")


WHOLE = members({"tweets": [tweet("50")], "follower": [follow("follower", "7")]})


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"window.YTD.tweets.part0 = ", b"window.YTD.tweets.part0 = [1,]", b"alert(1)",
        b"window.YTD.tweets.part0 = [NaN]", b"window.YTD.tweets.part0 = [" + b"1" * 5000 + b"]",
        b"window.YTD.tweets.part0 = " + b"[" * 100_000 + b"]" * 100_000,
        b'window.YTD.tweets.part0 = ["\xff"]', b"window.YTD.tweets.part0 = {}", b"window.YTD.tweets.part0 = null",
    ],
)  # fmt: skip
def test_a_file_that_is_not_in_xs_form_is_refused(tmp_path: Path, body: bytes) -> None:
    refused(zipped(tmp_path / "a.zip", WHOLE | {"data/tweets.js": body}), "holds a file that is")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 400))
def test_no_damage_brings_anything_but_records_or_a_refusal(
    tmp_path: Path, changes: list[tuple[int, int]], cut: int
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in WHOLE.items():
            archive.writestr(name, content)
    body = bytearray(out.getvalue())
    for place, value in changes:
        body[place % len(body)] = value
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(body[: len(body) - (cut if cut > 300 else 0)]))
    reasons = []

    try:
        pull(path)
    except SourceRefused as error:
        reasons.append(error.reason)

    assert set(reasons) <= {"input"}
