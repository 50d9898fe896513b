"""Files that are sent to the desk in a real browser: dropped with JavaScript, chosen without, and accessible.

It alone proves the dropping; what is written is proved in tests/dashboards.
"""

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.test_desk import OF_SCHOOL, signed_in
from tests.browser.test_report import broken_rules, browser  # noqa: F401 - the fixture
from tests.dashboards.desks import ROLES, SCHOOL, Served, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.school_folder import REGISTERS
from tests.flows.village import drawn

pytestmark = pytest.mark.slow
LEAD = ROLES[0]
DROPPED = """([body, name]) => {
  const bytes = Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, {type: "image/jpeg"}));
  const form = document.querySelector("[data-drop]");
  for (const kind of ["dragover", "drop"]) {
    form.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
  }
}"""


@pytest.fixture
def desk(tmp_path) -> Iterator[Served]:
    with served(ordinary(), tmp_path / "desk", has_school=True) as here:
        yield here


def approve(page: Any, photograph_id: str) -> None:
    """Fill in what is asked of a picture, and approve it."""
    page.fill("#photograph_id", photograph_id)
    page.check("input[name=shows][value=nobody]")
    page.check("input[name=basis][value=public_task]")
    page.fill("#reference", "Sports day, agreed in the staff meeting.")
    page.check("input[name='channel.x']")
    page.click("button.button")


def test_a_picture_is_approved_by_dropping_it_and_without_javascript_by_choosing_it(browser: Any, desk: Served) -> None:  # noqa: F811
    page = signed_in(browser, desk, LEAD)
    page.goto(f"{desk.url}/photographs")
    page.evaluate(DROPPED, [base64.b64encode(drawn(3)).decode(), "sports.jpg"])
    assert page.evaluate("document.querySelector('#file').files[0].name") == "sports.jpg"
    page.click("[data-drop] button")
    page.wait_for_url("**/photographs/waiting")
    approve(page, "ph-3")
    assert "Approved, and written into the register." in page.inner_text("main")
    page.close()

    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    plain = signed_in(context, desk, LEAD)
    plain.goto(f"{desk.url}/photographs")
    plain.set_input_files("#file", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": drawn(4)})
    plain.click(".drop button")
    approve(plain, "ph-4")
    context.close()

    register = desk.desk.published.parent / SCHOOL / "registers" / "photographs.csv"
    ids = [line.split(",")[0] for line in register.read_text().splitlines()[1:]]
    assert ids == ["ph-1", "ph-2", "ph-3", "ph-4"]


def test_no_page_of_the_school_s_folder_breaks_a_rule_or_scrolls_sideways(browser: Any, desk: Served) -> None:  # noqa: F811
    page = signed_in(browser, desk, LEAD, bypass_csp=True, viewport={"width": 320, "height": 800})
    sent = {"#file": drawn(3), "#file-pupils": REGISTERS["pupils.csv"].replace(",9,", ",8,").encode()}
    for path, field in (("/photographs", "#file"), ("/registers", "#file-pupils")):
        page.goto(f"{desk.url}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        page.set_input_files(field, {"name": "a", "mimeType": "text/csv", "buffer": sent[field]})
        page.locator("form", has=page.locator(field)).locator("button").click()
        page.wait_for_url("**/waiting")
    broken, wide = [], []
    for path in OF_SCHOOL:
        page.goto(f"{desk.url}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        broken += [(path, *rule) for rule in broken_rules(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    page.close()

    assert (broken, wide) == ([], [])
