"""The whole way in a real browser: from an empty folder, an archive, two exports and a policy to the first report.

It alone proves that no step needs an editor, and that its pages break no rule of accessibility at either width.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn

from flows.home.settings import Settings
from flows.setup.setup import application
from tests.browser.test_report import broken_rules, browser  # noqa: F401 - the fixture
from tests.connectors.archives import members, tweet, zipped
from tests.connectors.exports import EXPORTS
from tests.flows.calling import audit
from tests.flows.own_policy import POLICY
from warehouse.store.places import Places

pytestmark = pytest.mark.slow
SCHOOL = "hill-view"
FILES = {one.file_name: one.body for one in EXPORTS}
_LONGEST = 120


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The one-time address of a set-up that has just begun, in a home of its own."""
    for name in ("AUDIT_KEY", "AUDIT_CASEBOOK_KEY", "CASEBOOK_URL", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUDIT_HOME", str(tmp_path))
    audit("init", SCHOOL, AUDIT_HOME=str(tmp_path))
    with ExitStack() as stack:
        hosts: set[str] = set()
        app, token = application(stack, Settings(home=tmp_path), Places(tmp_path, SCHOOL), hosts)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False, lifespan="off"))
        thread = Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        hosts.add(f"127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}/setup/begin/{token}"
        server.should_exit = True
        thread.join()


def kept(page: Any, name: str, body: bytes) -> None:
    """Send a file, look at what was understood, and keep it."""
    page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": body})
    page.click(".drop button")
    page.wait_for_url("**/waiting")
    page.click("button.button")
    page.wait_for_selector(".state")


def onward(page: Any) -> None:
    """Go to the step that comes next."""
    page.click(".state a.button")
    page.wait_for_url("**/setup/*")


def test_a_school_comes_to_its_first_report_without_an_editor(browser: Any, address: str, tmp_path: Path) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": 390, "height": 844}, bypass_csp=True)
    page.set_default_timeout(_LONGEST * 1_000)
    page.goto(address)
    page.wait_for_url("**/setup")  # the address is answered by a page that goes on by itself
    broken, wide = [], []

    def looked() -> None:
        broken.extend(broken_rules(page))
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(page.url)

    looked()
    page.click("main a.button")
    page.fill("[name=name]", "Hill View School")
    page.fill("[name=terms]", "Autumn 2026: 3 September 2026 to 18 December 2026")
    page.click(".setup-asks button")
    page.wait_for_url("**/waiting")
    looked()
    page.click("button.button")
    onward(page)
    kept(page, "x.zip", zipped(tmp_path / "any.zip", members({"tweets": [tweet("1")]})).read_bytes())
    onward(page)
    kept(page, "list.csv", FILES["teacher.csv"])
    page.set_input_files("#file", {"name": "b.csv", "mimeType": "text/csv", "buffer": FILES["sims-staff.csv"]})
    page.click(".drop button")
    page.wait_for_url("**/waiting")
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    looked()
    page.click("button.button")
    onward(page)
    kept(page, "our policy.txt", POLICY.encode())
    looked()
    page.click("text=Put aside: no rule >> nth=0")
    assert "put aside" in page.inner_text(".state")
    page.goto(page.url.rpartition("/setup")[0] + "/setup/report")
    page.click("button.button")
    page.wait_for_url("**/runs?follow=yes")
    published, until = tmp_path / SCHOOL / "published.duckdb", time.monotonic() + _LONGEST
    while not published.exists() and time.monotonic() < until:
        time.sleep(0.1)
    page.goto(page.url.partition("/runs")[0] + "/report")

    assert "policy pack our-policy" in page.inner_text("body")
    assert "Hill View School" in page.inner_text("body")
    assert (broken, wide) == ([], [])
    page.goto(address)
    assert "This link was used" in page.inner_text("main")
    page.close()
