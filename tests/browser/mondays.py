"""A Monday at the desk by a person's own means: the keys of a keyboard, or a finger on buttons and links."""

from typing import Any

from tests.dashboards.desks import PASSWORD

MOST_TABS = 120


def typed_in(page: Any, url: str, role: str) -> None:
    """Sign in by keyboard alone."""
    page.goto(f"{url}/sign-in")
    page.locator("input[name=sign_in_name]:focus").wait_for()
    page.keyboard.type(role)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tabbed_to(page: Any, selector: str) -> None:
    """Press Tab until what this names has the focus; AssertionError if it never has."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"No key leads to {selector} on {page.url}.")


def pressed(page: Any, selector: str) -> None:
    """Go to a link or a button by keyboard and press it."""
    tabbed_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


WORDS = (
    """() => document.querySelector("main").innerText.split(/\\s+/).filter(word => /[A-Za-z0-9]/.test(word)).length"""
)


def cleared(page: Any, answer: str = "3") -> tuple[int, int, int]:
    """Answer every case from the first page on by its key; return how many keys, cases and words that took.

    A case that does not have the answer, such as a picture whose approval is over, is given its first one.
    """
    keys = cases = words = 0
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("n")
        keys += 1
    while "/case/" in page.url:
        offered = page.eval_on_selector_all(".choices button", "buttons => buttons.map(one => one.dataset.key)")
        words += page.evaluate(WORDS)
        page.clock.run_for(900)  # a key that was meant for the case before answers nothing
        with page.expect_navigation(wait_until="load"):
            page.keyboard.press(answer if answer in offered else offered[0])
        keys, cases = keys + 1, cases + 1
    return keys, cases, words
