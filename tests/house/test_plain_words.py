"""Words that may not reach a reader of the desk: each stands with what is said in its place."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAID_INSTEAD = {
    "sound file": "The photo file is missing or damaged",
    "found whole": "looks incomplete",
    "Done: look again": "I've dealt with it; check on the next run",
    "they say so": "Yes, they told us",
    "has to say so too": "A second person must agree before anyone is named",
    "No case is like that": "No results",
    "Whoever looks after this machine": "Ask your IT technician",
    "name no child)": "(don't name a child)",
    ">Who looked<": "Access log",
    ">Attest<": "Sign off policy",
    "Ask the published copy": "Search the data",
    "ask for case": "Show which one",
    "The Lead has the details": "Ask the Lead",
    "through the chair": "the chair of governors does that",
    "To see what is wrong with this": "Check this computer",
    "Done, as the task says": "Dealt with, as the task says.",
    "Settled with case": "Answered with case",
}
TEXTS = [
    path
    for folder in ("dashboards/desk", "dashboards/report", "checks")
    for ending in ("*.html", "*.toml", "*.py")
    for path in sorted((ROOT / folder).rglob(ending))
]


@pytest.mark.parametrize("word", SAID_INSTEAD)
def test_no_page_says_what_a_reader_has_to_have_explained(word: str) -> None:
    assert [path.name for path in TEXTS if word in path.read_text(encoding="utf-8")] == [], SAID_INSTEAD[word]
