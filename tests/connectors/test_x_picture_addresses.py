"""Why an address of X's is believed to show the same picture for good: it names the upload (docs/pictures.md)."""

import base64
import re

import pytest

from connectors.records import Medium
from connectors.source import Account
from tests.connectors.archives import pull
from tests.connectors.register_files import of
from tests.connectors.test_x_archive_layout import REAL
from tests.demo import openapi


def upload_of(name: str) -> str:
    """Return the id that the first eight bytes of a file's name give, the name being base 64."""
    return str(int.from_bytes(base64.urlsafe_b64decode(name + "=")[:8], "big"))


def test_the_address_of_every_photograph_in_a_real_archive_names_its_upload() -> None:
    if not REAL.exists():
        pytest.skip(f"{REAL} is not here, so no real address of a picture is read.")
    media = of(pull(REAL, Account("x", "1321902678188974081", "organisation")), Medium)
    names = {m.medium_id.rpartition("_")[2]: re.search(r"/media/([\w-]{15})\.\w+$", m.url or "") for m in media}

    assert len(names) == 8
    assert {upload: found and upload_of(found[1]) for upload, found in names.items()} == {name: name for name in names}


@pytest.mark.parametrize("version", openapi.VERSIONS)
def test_xs_description_has_no_way_to_put_other_bytes_behind_an_upload(version: str) -> None:
    document = openapi.load(version).document
    changing = {
        f"{method} {path}"
        for path, methods in document["paths"].items()
        for method in methods
        if path.startswith("/2/media") and method in {"delete", "patch", "post", "put"}
    }

    assert changing == {
        "post /2/media/metadata",  # the alternative text
        "post /2/media/subtitles",
        "delete /2/media/subtitles",
        "post /2/media/upload",  # each of these begins, fills or ends an upload of its own
        "post /2/media/upload/initialize",
        "post /2/media/upload/{id}/append",
        "post /2/media/upload/{id}/finalize",
    }
