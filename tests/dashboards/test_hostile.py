"""Names, handles and bios are written by strangers; nothing that they write may change what the page does."""

import re
from pathlib import Path

import duckdb
import pytest

from dashboards.report import Tier
from tests.dashboards.copies import add, copy, evidence
from tests.dashboards.pages import TIERS, Balance, page


def test_only_addresses_at_x_and_youtube_are_links(tmp_path: Path) -> None:
    addresses = {
        "good": "https://www.youtube.com/watch?v=abc",
        "script": "javascript:alert(1)",
        "plain": "http://x.com/i/user/1",
        "lookalike": "https://x.com.example.org/",
        "signed_in": "https://x.com@example.org/",
        "elsewhere": "https://example.org/",
    }
    db = copy()
    add(db, "exceptions", fingerprint="f", evidence=addresses)

    links = re.findall(r'<a href="(?!#)([^"]+)"', page(db, tmp_path))
    assert links == ["https://www.youtube.com/watch?v=abc"]


HOSTILE = (
    "<script>alert(1)</script>",
    "\u202egnp.exe\u2066\u200b",
    "Z" + "\u0335\u0321\u0489" * 40 + "algo",
    "W" * 4000,
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "bell\x07 escape\x1b[31m line\u2028end",
)


@pytest.mark.parametrize("tier", TIERS)
def test_hostile_names_do_nothing_to_the_page(tier: Tier, tmp_path: Path) -> None:
    html = page(strangers(), tmp_path, tier)

    balance = Balance()
    balance.feed(html)
    assert balance.open == []
    assert not balance.seen & {"script", "img"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x09\x0b-\x1f\u2028]", html)
    assert not re.search("[\u0300-\u036f\u0489]{4}", html)
    assert "W" * 700 not in html


def strangers() -> duckdb.DuckDBPyConnection:
    """Return a week in which every text is hostile, once in each way."""
    db = copy()
    db.execute("update published.runs set school_name = ?", ["".join(HOSTILE)])
    columns = ("reason", "check_title", "clause_says", "next_step", "do_not", "account_handle")
    for number, name in enumerate(HOSTILE):
        found = evidence(name, name, name) | {name: name}
        confirmed = {"decision": "confirmed", "confirmed_name": name}
        add(db, "exceptions", fingerprint=f"f{number}", evidence=found, **dict.fromkeys(columns, name), **confirmed)
    return db


def test_a_name_of_another_script_is_left_as_it_is(tmp_path: Path) -> None:
    db = copy()
    names = ["\u0645\u064a\u0627", "Zo\u00eb O\u2019Brien", "\u0928\u093f\u0930\u094d\u200d\u092e\u0932\u093e"]
    for number, name in enumerate(names):
        add(db, "exceptions", fingerprint=f"f{number}", evidence={"shown_name": name})

    html = page(db, tmp_path)

    assert [name for name in names if f"<bdi>{name}</bdi>" not in html] == []


def test_evidence_with_half_a_character_is_still_written(tmp_path: Path) -> None:
    db = copy()
    add(db, "exceptions", fingerprint="f", evidence='{"shown_name": "broken \\ud83d"}')

    assert "<bdi>broken</bdi>" in page(db, tmp_path)
