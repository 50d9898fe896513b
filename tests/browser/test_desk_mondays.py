"""A whole Monday of each role in a real browser: by keyboard alone, and without JavaScript on a phone."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.mondays import WORDS, cleared, pressed, typed_in
from tests.browser.test_desk import followed, signed_in
from tests.browser.test_report import browser  # noqa: F401 - the fixture
from tests.dashboards.copies import add
from tests.dashboards.desks import ROLES, Served, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.test_desk_previews import with_nearest, with_previews

pytestmark = pytest.mark.slow
LEAD, DSL, DPO, HEAD = ROLES[:4]
PHONE = {"width": 360, "height": 740}
MOST_WORDS = 90
SIZES = ((1366, 768), (390, 844))
SCREEN = """() => {
  const first = document.querySelector(".choices button").getBoundingClientRect();
  const words = (WORDS)();
  return [first.top >= 0 && first.bottom <= innerHeight, words, document.documentElement.scrollWidth <= innerWidth];
}""".replace("WORDS", WORDS)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("desk")) as here:
        yield here


@pytest.fixture
def monday(tmp_path) -> Iterator[Served]:
    """The desk of the ordinary week, with a comment for the Designated Safeguarding Lead to read."""
    db = ordinary()
    comment = {"subject_kind": "comment", "concerns": "comment", "next_step": "Read the comment in its context."}
    add(db, "exceptions", fingerprint="cd" * 32, owner_role=DSL, reason="A comment may be abusive.", **comment)
    with served(db, tmp_path / "desk") as here:
        yield here


@pytest.mark.parametrize("role", ROLES)
def test_a_whole_monday_by_keyboard_alone(browser: Any, monday: Served, role: str) -> None:  # noqa: F811
    page = browser.new_page()
    page.clock.install()
    typed_in(page, monday.url, role)
    if role in {LEAD, DSL}:
        _, answered, _ = cleared(page)
        assert len(monday.desk.decisions.by_case()) == answered > 0
        assert "You have seen everything this week." in page.inner_text("main")
    elif role == HEAD:
        pressed(page, "button[value=done]")
        assert "Dealt with: Have a word with the member of staff about the bio" in page.inner_text("main")
    elif role == DPO:
        pressed(page, 'a[href="/cases"]')
        pressed(page, ".agenda a")
    pressed(page, 'nav a[href="/report"]')
    assert page.locator('a[href="/"]').count() > 0
    page.goto(f"{monday.url}/")
    pressed(page, ".leave button")

    assert page.url.endswith("/sign-in")
    page.close()


@pytest.mark.parametrize("role", [LEAD, HEAD])
def test_a_whole_monday_on_a_phone_without_javascript(browser: Any, monday: Served, role: str) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = signed_in(context, monday, role)
    if role == LEAD:
        followed(page, "a.button")
        while "/case/" in page.url:
            followed(page, ".choices button >> nth=-1")
    else:
        page.click("article summary")
        page.fill("article textarea", "It is not mine.")
        followed(page, "button[value=back]")
    assert monday.desk.decisions.by_case()
    followed(page, 'nav a[href="/report"]')
    page.goto(f"{monday.url}/")
    followed(page, ".leave button")

    assert page.url.endswith("/sign-in")
    context.close()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_has_a_way_back_and_no_anchor_leads_nowhere(browser: Any, desk: Served, role: str) -> None:  # noqa: F811
    page = signed_in(browser, desk, role, viewport=PHONE)
    paths = ["/seen", "/cases"] if role in {LEAD, DSL} else ["/cases", "/log"] if role == DPO else []
    for path in ["/", *paths, "/nowhere"]:
        page.goto(f"{desk.url}{path}")
        ways = page.locator(".way-back a").count()
        lost = page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.querySelector(a.hash)).length"
        )
        assert (path, ways == 1 or path == "/", lost) == (path, True, 0)
        if path == "/cases" and page.locator(".agenda a").count():
            followed(page, ".agenda a")
            assert page.locator(".way-back a").first.get_attribute("href") == "/cases"
    page.close()


def test_an_anchor_lands_with_its_heading_in_sight(browser: Any, desk: Served) -> None:  # noqa: F811
    page = signed_in(browser, desk, HEAD, viewport=PHONE)
    for name in page.eval_on_selector_all("main [id]:is(h2, h3)", "found => found.map(each => each.id)"):
        page.goto(f"{desk.url}/#{name}")
        top = page.evaluate("name => document.getElementById(name).getBoundingClientRect().top", name)
        assert 0 <= top < PHONE["height"], name
    page.close()


def test_a_case_is_one_screen_of_few_words_with_its_answers_in_sight(browser: Any, tmp_path) -> None:  # noqa: F811
    with served(with_nearest(with_previews(True)), tmp_path / "desk") as here:
        page = signed_in(browser, here, LEAD)
        page.goto(f"{here.url}/cases")
        refs = page.eval_on_selector_all(".agenda a.case", "found => found.map(each => each.getAttribute('href'))")
        seen = {}
        for way in (way for ref in refs for way in (ref, f"{ref}?pictures=shown")):
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(f"{here.url}{way}")
                seen[way, width] = page.evaluate(SCREEN)
        page.close()

    assert len(refs) > 5
    assert {case: found for case, found in seen.items() if not found[0] or found[1] > MOST_WORDS or not found[2]} == {}
