"""Cases about one post or photograph are one card: one act may put all right; what has to be read is read of each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards.desk.casework.grounds import MOST_TOGETHER
from tests.dashboards.copies import add, copy
from tests.dashboards.desks import Served, served
from tests.dashboards.test_desk import LEAD, form

POST = {"check_id": "pupil_named", "concerns": "post", "subject_kind": "post"}
CASES = {
    "a": {**POST, "evidence": '{"link": "https://x.com/i/status/1"}'},
    "b": {**POST, "check_id": "contact_details", "evidence": '{"link": "https://x.com/i/status/1"}'},
    "c": {**POST, "evidence": '{"link": "https://x.com/i/status/2"}'},
    "d": {"evidence": '{"link": "https://x.com/i/status/1"}'},
}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Served]:
    db = copy()
    for letter, case in CASES.items():
        add(db, "exceptions", fingerprint=letter * 64, subject_id=letter, **case)
    with served(db, tmp_path / "desk") as desk:
        yield desk


@pytest.mark.parametrize(
    ("choice", "opened", "answered", "refused"),
    [("5", (), {"a", "b"}, 0), ("3", (), {"a"}, 1), ("3", ("b",), {"a", "b"}, 0)],
    ids=["done", "not read", "read"],
)
def test_one_act_answers_for_a_whole_post_and_what_must_be_read_for_the_cases_that_were_read(
    here: Served, choice: str, opened: tuple[str, ...], answered: set[str], refused: int
) -> None:
    lead = here.signed_in(LEAD)
    for letter in opened:
        lead.get(f"/case/{letter * 16}")
    page = lead.get(f"/case/{'a' * 16}").text
    assert "Also for 1 more about this post or photograph" in page
    fields = {**form(lead, "a" * 16), "choice": choice, "beside": f"{'b' * 16} 0 "}

    answer = lead.post(f"/case/{'a' * 16}/mark", data=fields)

    assert answer.status_code == 303
    assert {fingerprint[0] for fingerprint in here.desk.decided()} == answered
    assert ("refused=1" in answer.headers["location"]) is bool(refused)


@pytest.mark.parametrize("letter", ["c", "d"])
def test_another_post_and_an_account_have_no_such_card(here: Served, letter: str) -> None:
    assert "about this post or photograph" not in here.signed_in(LEAD).get(f"/case/{letter * 16}").text


def test_a_post_with_very_many_cases_lists_some_says_how_many_more_and_answers_some_at_once(tmp_path: Path) -> None:
    db = copy()
    for number in range(90):
        add(db, "exceptions", fingerprint=f"{number:02d}" * 32, subject_id=f"s{number}", **CASES["a"])
    with served(db, tmp_path / "desk") as desk:
        page = desk.signed_in(LEAD).get(f"/case/{'00' * 8}").text

    assert "And 69 more" in page
    assert page.count('class="case"') == 20
    assert f"Also for {MOST_TOGETHER} more about this post or photograph" in page
