"""The desk in a real browser: a Monday by keyboard, one without JavaScript, and no rule of accessibility broken.

It alone proves the pages of the desk as a browser makes them; what they write down is proved in tests/dashboards.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from dashboards.desk.pages.routes import PAGES
from tests.browser.test_report import broken_rules, browser  # noqa: F401 - the fixture
from tests.dashboards.desks import NOON, PASSWORD, ROLES, Served, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.test_desk_backlog import first_week
from tests.dashboards.test_desk_previews import with_previews

pytestmark = pytest.mark.slow
LEAD, DSL, DPO = ROLES[:3]
PATHS = {
    LEAD: (
        "/", "/cases", "/cases?q=nothing-is-like-this", "case", "pictures", "/seen", "/report", "/runs", "/calendar",
        "/nowhere",
    ),
    DSL: ("/", "/account", "/account/second-factor", "case"),
    DPO: ("/", "/cases", "case", "/log", "/ask", "/requests"),
    "headteacher": ("/", "/cases", "task"),
    "chair_of_governors": ("/",),
    "it_technician": ("/", "/report", "/runs"),
    "data_office": ("/",),
    "nobody": ("/sign-in", "/invitation/none", "invitation"),
}  # fmt: skip
OF_SCHOOL = (
    "/photographs", "/photographs/waiting", "/registers", "/registers/pupils/waiting", "/registers/staff", "/attest",
)  # fmt: skip
SHORT = {"case": "/case/{ref}", "task": "/task/{ref}", "pictures": "/case/{ref}", "invitation": "/invitation/{token}"}
NO_PAGES = {
    "/style.css", "/desk.js", "/case/{ref}/picture/{number:int}/{way}",
    "/photographs/waiting/preview", "/photographs/{photograph_id}/small",
    "/sign-in/openid", "/sign-in/openid/back", "/invitation/{token}/openid",
    "/setup/begin/{token}", "/setup", "/setup/{step}", "/setup/{step}/waiting", "/setup/{step}/waiting/{number:int}",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(with_previews(None), tmp_path_factory.mktemp("desk")) as here:
        yield here


@pytest.fixture
def monday(tmp_path) -> Iterator[Served]:
    with served(ordinary(), tmp_path / "desk") as here:
        yield here


def signed_in(browser: Any, desk: Served, role: str, **options: Any) -> Any:  # noqa: F811 - the fixture's value
    """Return a page of somebody who has signed in by the form."""
    page = browser.new_page(**options)
    page.goto(f"{desk.url}/sign-in")
    if role != "nobody":
        page.fill("#sign_in_name", role)
        page.fill("#password", PASSWORD)
        followed(page, "main button")
    return page


def followed(page: Any, link: str) -> None:
    """Click what leads to another page, and wait until that page is there: a click alone returns on the old one."""
    with page.expect_navigation():
        page.click(link)


def opened(page: Any, desk: Served, path: str) -> None:
    """Open this page, or the first case of the list."""
    if path not in SHORT:
        page.goto(f"{desk.url}{path}")
        return
    if path == "task":
        page.goto(f"{desk.url}/task/{'f0' * 8}")
        return
    if path == "invitation":
        page.goto(f"{desk.url}/invitation/{desk.people.invite('new', DSL, NOON)}")
        return
    page.goto(f"{desk.url}/cases")
    followed(page, ".agenda a")
    if path == "pictures":
        followed(page, "[data-key=p]")
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")


def test_every_page_of_the_desk_is_held_against_the_rules_of_accessibility() -> None:
    asked = {path for paths in (*PATHS.values(), OF_SCHOOL) for path in paths}
    held = {
        SHORT.get(path, path).partition("?")[0].replace("/registers/pupils", "/registers/{register}") for path in asked
    }

    assert {page.path for page in PAGES if page.method == "GET"} - NO_PAGES <= held


@pytest.mark.parametrize("role", PATHS)
def test_no_page_breaks_a_rule_of_accessibility(browser: Any, desk: Served, role: str) -> None:  # noqa: F811
    page = signed_in(browser, desk, role, bypass_csp=True)
    broken = []
    for path in PATHS[role]:
        opened(page, desk, path)
        broken += [(path, *rule) for rule in broken_rules(page)]
    page.close()

    assert broken == []


def test_a_first_week_is_planned_without_javascript_breaks_no_rule_and_never_scrolls_sideways(
    browser: Any,  # noqa: F811
    tmp_path: Any,
) -> None:
    with served(first_week(past=117, present=30, urgent=4), tmp_path / "desk") as here:
        page = signed_in(browser, here, LEAD, bypass_csp=True, viewport={"width": 390, "height": 844})
        broken = broken_rules(page)
        page.close()
        plain = signed_in(browser, here, LEAD, java_script_enabled=False, viewport={"width": 320, "height": 800})
        followed(plain, 'form[aria-label^="117 pictures"] button[value=planned]')
        said = plain.inner_text("main")
        is_wide = plain.locator("main").bounding_box()["width"] > 320
        followed(plain, ".flash button")
        taken_back = plain.inner_text("main")
        plain.close()

    assert (broken, is_wide) == ([], False)
    assert "117 cases are planned" in said
    assert "117 cases are planned" not in taken_back


@pytest.mark.parametrize("width", [320, 390, 1100])
def test_no_page_scrolls_sideways(browser: Any, desk: Served, width: int) -> None:  # noqa: F811
    page = signed_in(browser, desk, LEAD, viewport={"width": width, "height": 800})
    wide = []
    for path in PATHS[LEAD]:
        opened(page, desk, path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    page.close()

    assert wide == []


def test_a_monday_by_keyboard_takes_one_press_for_each_case(browser: Any, monday: Served) -> None:  # noqa: F811
    page = signed_in(browser, monday, LEAD)
    page.clock.install()
    page.reload()
    waiting = page.locator(".agenda li").count()
    page.focus("a.button")
    presses = 1
    with page.expect_navigation():
        page.keyboard.press("Enter")
    while "/case/" in page.url:
        presses += 1
        page.clock.run_for(900)  # a key that was meant for the case before answers nothing
        offered = page.eval_on_selector_all(".choices button", "buttons => buttons.map(one => one.dataset.key)")
        with page.expect_navigation(wait_until="load"):
            page.keyboard.press("3" if "3" in offered else offered[0])

    assert waiting > 3
    assert presses == waiting + 1
    assert "You have seen everything this week." in page.inner_text("main")
    assert len(monday.desk.decisions.by_case()) == waiting
    with page.expect_navigation():
        page.keyboard.press("u")
    assert [mark for mark, *_ in monday.desk.decisions.by_case().values()].count(None) == 1
    page.close()


def test_without_javascript_a_case_is_decided_by_its_buttons_alone(browser: Any, monday: Served) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = signed_in(context, monday, LEAD)
    followed(page, "a.button")
    first = page.url
    followed(page, ".choices button >> nth=-1")

    assert page.url != first
    assert len(monday.desk.decisions.by_case()) == 1
    followed(page, ".flash button")
    assert page.url == first
    assert monday.desk.book.decisions.standing() == {}
    context.close()


def test_the_keys_are_told_and_no_key_answers_while_somebody_writes(browser: Any, monday: Served) -> None:  # noqa: F811
    page = signed_in(browser, monday, LEAD)
    followed(page, "a.button")
    page.keyboard.press("?")
    page.locator("#keys").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.click("details summary")
    page.fill("#note", "")
    page.type("#note", "3 n u l 1")

    assert page.input_value("#note") == "3 n u l 1"
    assert monday.desk.decisions.by_case() == {}
    page.close()
