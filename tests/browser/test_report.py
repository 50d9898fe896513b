"""Every tier's page, in a real browser: accessible in light and dark, whole on a telephone, and silent.

It alone proves the pages as a browser makes them; what stands in them is proved in tests/dashboards.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboards.report import Tier, write_report
from tests.dashboards.copies import RUN, add, copy, evidence
from tests.dashboards.ordinary import ordinary

pytestmark = pytest.mark.slow
CHROMIUM = shutil.which("chromium")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
# In the dark a page has the same parts in other colours.
COLOURS = {**WCAG, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
TIERS: tuple[Tier, ...] = ("governors", "headteacher", "lead", "dsl", "dpo")
WIDTHS = (320, 360, 740, 780, 1100)
WIDE = "W" * 300


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: no page was looked at in a browser.")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an ordinary, a hostile and an empty week, each for every tier."""
    home = tmp_path_factory.mktemp("reports")
    for name, db in (("ordinary", ordinary()), ("hostile", hostile()), ("empty", copy())):
        for tier in TIERS:
            (page,) = write_report(db, home, run_id=RUN, tier=tier, formats=["html"])
            page.rename(home / f"{name}-{tier}.html")
    return home


def hostile() -> duckdb.DuckDBPyConnection:
    """Return a week whose every text has no place to break, and thirty exceptions of one check."""
    db = ordinary()
    db.execute("update published.runs set school_name = ?", [WIDE])
    texts = dict.fromkeys(("reason", "check_title", "clause_says", "next_step", "do_not", "account_handle"), WIDE)
    shown = evidence(WIDE, "\u0645\u064a\u0627 " + WIDE, "7" * 60) | {WIDE: WIDE}
    confirmed = {"decision": "confirmed", "confirmed_name": WIDE}
    for number in range(30):
        add(db, "exceptions", fingerprint=f"{number:02d}" * 32, evidence=shown, **texts, **confirmed)
    add(db, "register_problems", register=WIDE, file_name=f"{WIDE}.csv", row=1, column_name=WIDE, problem=WIDE)
    add(db, "quality", gate=WIDE, is_passed=False, populations=WIDE, detail=WIDE)
    coverage = {"platform_count": 10**12, "fetched": 10**12, "judged": 10**12, "is_whole": False, "why": WIDE}
    add(db, "sight", check_id=WIDE, platform="x", account_id="1", account_handle=WIDE, **coverage)
    add(db, "clauses", clause=WIDE, ref=WIDE, says=WIDE, why=WIDE)
    return db


def broken_rules(page: Any) -> list[tuple[str, str, list[str]]]:
    """Return the rules of accessibility that a page breaks, each with its scheme and the parts that break it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    broken = []
    for scheme, options in (("light", WCAG), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        found = axe.run(page, options=options).response["violations"]
        broken += [(scheme, rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found]
    return broken


@pytest.mark.parametrize(("week", "tier"), [*(("ordinary", tier) for tier in TIERS), ("empty", "lead")])
def test_a_page_breaks_no_rule_of_accessibility(browser: Any, folder: Path, week: str, tier: Tier) -> None:
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto((folder / f"{week}-{tier}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")

    broken = broken_rules(page)

    page.close()
    assert broken == []


def test_a_part_that_cannot_be_read_in_the_dark_is_found(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "empty-lead.html").as_uri())
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { h1 { color: #111; background: #000 } }")

    broken = broken_rules(page)

    page.close()
    assert {(scheme, rule) for scheme, rule, _ in broken} == {("dark", "color-contrast")}


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("week", ["ordinary", "hostile"])
def test_a_page_never_scrolls_sideways(browser: Any, folder: Path, week: str, tier: Tier) -> None:
    page = browser.new_page()
    page.goto((folder / f"{week}-{tier}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")

    needed = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        needed[width] = page.evaluate("document.documentElement.scrollWidth")

    page.close()
    assert needed == {width: width for width in WIDTHS}


@pytest.mark.parametrize("tier", TIERS)
def test_a_page_asks_the_network_for_nothing_and_runs_no_script(browser: Any, folder: Path, tier: Tier) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((folder / f"hostile-{tier}.html").as_uri())
    page.wait_for_load_state("networkidle")

    scripts = page.evaluate("document.scripts.length")

    page.close()
    assert asked == [(folder / f"hostile-{tier}.html").as_uri()]
    assert said == []
    assert scripts == 0


def test_the_governors_page_prints_on_one_sheet(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "ordinary-governors.html").as_uri())

    pdf: bytes = page.pdf(prefer_css_page_size=True)

    page.close()
    assert pdf.count(b"/Type /Page\n") == 1


def test_what_is_new_is_printed_whole_and_what_is_known_as_one_line_each(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "hostile-lead.html").as_uri())
    page.emulate_media(media="print")

    def shown(rows: str) -> list[int]:
        return page.evaluate(
            "rows => (all => [all.length, all.filter(row => row.checkVisibility()).length])"
            "([...document.querySelectorAll(rows)])",
            rows,
        )

    new, known, lines, boxes = (
        shown(rows) for rows in (".others li", ".folded li", ".folded > details > summary", ".group:not(.folded) .act")
    )

    page.close()
    assert new == [25, 25]
    assert known[1] == 0 < known[0]
    assert lines[0] == lines[1] > 0
    assert boxes[0] == boxes[1] > 0


def test_what_is_known_already_is_folded_and_opens_when_it_is_led_to(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "ordinary-lead.html").as_uri())
    row = page.locator("#open-1 li").first

    assert not row.is_visible()
    page.goto((folder / "ordinary-lead.html").as_uri() + "#open-1")

    assert row.is_visible()
    page.close()


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, {"width": 390, "height": 844}])
@pytest.mark.parametrize(("key", "line"), [("open-1", ".folded summary"), ("reopened-1", "#reopened-1 h3")])
def test_a_link_leads_above_the_heading_of_its_box(
    browser: Any, folder: Path, viewport: dict[str, int], key: str, line: str
) -> None:
    page = browser.new_page(viewport=viewport)
    page.goto((folder / "ordinary-lead.html").as_uri() + f"#{key}")

    top = page.locator(line).first.bounding_box()["y"]

    page.close()
    assert 0 <= top < viewport["height"] / 2


def test_a_keyboard_reaches_the_report_first(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "ordinary-lead.html").as_uri())
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.close()
