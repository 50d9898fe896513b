"""Every page of the desk, made of its table, is whole HTML: what is opened is closed, and no id stands twice."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from dashboards.desk.pages.routes import PAGES
from tests.dashboards.desks import ROLES, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.pages import Balance
from tests.dashboards.school_folder import REGISTERS
from tests.dashboards.test_desk import refs
from tests.flows.village import drawn

LEAD = ROLES[0]
EMPTY = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source"})  # elements without an end
NO_PAGES = ("/style.css", "/desk.js", "/photographs/waiting/preview")
ELSEWHERE = ("/invitation/", "/sign-in/openid")  # proved in tests of the sign-in


class Markup(HTMLParser):
    """What stands open in a page, what was closed out of turn, and which ids it gives."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element that begins."""
        self.ids.update(value for name, value in attrs if name == "id" and value)
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take down an element that ends."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{tag} at line {self.getpos()[0]}")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("home") / "desk", has_school=True) as desk:
        lead = desk.signed_in(LEAD)
        csrf = {"csrf": field_of(lead.get("/photographs").text, "csrf")}
        lead.post("/photographs/look", data=csrf, files={"file": ("a.jpg", drawn(3))})
        lead.post("/registers/pupils/look", data=csrf, files={"file": ("a.csv", REGISTERS["pupils.csv"].encode())})
        yield desk


def pages_of(client: httpx.Client, who: str, case: str) -> Iterator[tuple[str, str]]:
    for page in PAGES:
        is_own = page.roles is None or who in page.roles
        if page.method == "GET" and is_own and page.path not in NO_PAGES and not page.path.startswith(ELSEWHERE):
            path = page.path.replace("{ref}", case).replace("{register}", "pupils")
            if "{" not in path:
                yield path, client.get(path, follow_redirects=True).text


@pytest.mark.parametrize("who", [*ROLES, "nobody"])
def test_every_page_closes_what_it_opens_and_gives_each_id_once(here: Served, who: str) -> None:
    client = here.browser() if who == "nobody" else here.signed_in(who)
    case = refs(here.signed_in(LEAD))[0]
    seen = {}
    for path, text in pages_of(client, who, case):
        markup = Markup()
        markup.feed(text)
        twice = [name for name, times in markup.ids.items() if times > 1]
        seen[path] = (markup.wrong, markup.open, twice)

    assert len(seen) > (0 if who == "nobody" else 5)
    assert {path: found for path, found in seen.items() if any(found)} == {}


def test_a_page_that_cannot_be_shown_says_so_and_so_does_the_plain_page_of_a_desk_that_is_down(tmp_path) -> None:
    with served(ordinary(), tmp_path / "desk") as desk:
        lead = desk.signed_in(ROLES[0])
        desk.desk.published.unlink()
        shown = lead.get("/")
    down = (Path(__file__).parents[2] / "deploy" / "desk-down.html").read_text(encoding="utf-8")
    reader = Balance()
    reader.feed(down)

    assert (shown.status_code, "The desk cannot show this now" in shown.text) == (409, True)
    assert "Nothing is published yet." in shown.text
    assert (reader.open, "http" in down, "script" in down) == ([], False, False)
