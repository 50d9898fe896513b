"""What is remembered of a text is what would be said of it anew, and it is read anew where anything else is."""

import ast
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from engines.words import ReadingMemory, TextFamily, TextKind, read_texts, remembered, remembering
from engines.words.signs import signs_of
from tests.bench.words.measure import items

DAY = date(2026, 11, 2)
TEXTS = [*[item.text for item in items()][:300], "I am 9 years old", "Year 3, born in 2016", "im 12 \ud83d", ""]
JUDGED_BY: Mapping[str, Any] = {"names": ("ambrose netherfold",), "official": ("office@ousterly.example",)}


def read(memory: ReadingMemory, kind: TextKind, texts: Sequence[str] = TEXTS, **judged_by: Any) -> list[Any]:
    with remembering(memory):
        return read_texts(texts, kind, **{**JUDGED_BY, "as_of": DAY, **judged_by})


def unremembered(kind: TextKind, texts: Sequence[str] = TEXTS, **judged_by: Any) -> list[tuple[TextFamily, ...]]:
    return read_texts(texts, kind, **{**JUDGED_BY, "as_of": DAY, **judged_by})


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What was read of every text as each kind."""
    memory = ReadingMemory("key", {})
    for kind in ("post", "comment", "bio"):
        read(memory, kind)
    return memory.read


@pytest.mark.parametrize("kind", ["post", "comment", "bio"])
def test_what_is_remembered_is_what_is_read_anew_in_whatever_company(known: dict[str, str], kind: TextKind) -> None:
    memory, reading = ReadingMemory("key", known), unremembered(kind)
    half = {sha256: said for place, (sha256, said) in enumerate(known.items()) if place % 2}

    assert any(reading)
    assert read(memory, kind) == reading
    assert read(ReadingMemory("key", half), kind) == reading
    assert set(memory.read) <= set(known)


@pytest.mark.parametrize(
    "changed",
    [
        {"names": ("rosalind thistlewood",)},
        {"extra": {"slur": ["gribbleton"]}},
        {"as_of": date(2027, 1, 1)},
    ],
    ids=["names", "a school's own phrases", "another year"],
)
def test_what_is_judged_by_something_else_is_read_again(known: dict[str, str], changed: dict[str, Any]) -> None:
    kind: TextKind = "bio" if "as_of" in changed else "post"
    memory = ReadingMemory("key", known)

    assert read(memory, kind, **changed) == unremembered(kind, **changed)
    assert not known.keys() & memory.read.keys()


def test_other_contact_details_of_the_school_have_only_texts_with_contact_details_read_again() -> None:
    giving = ("Ring 07700 900123", "Write to jo.bloggs@ousterly.example", "Write to jo.bloggs@elsewhere.example")
    texts, theirs = [*TEXTS, *giving, "Pie day"], ("jo.bloggs@ousterly.example", "07700 900123")
    known = ReadingMemory("key", {})
    read(known, "post", texts)
    memory = ReadingMemory("key", known.read)
    with_details = {text for text in texts if "contact" in signs_of(text, "post")}

    assert with_details.issuperset(giving)
    assert read(memory, "post", texts, official=theirs) == unremembered("post", texts, official=theirs)
    assert unremembered("post", texts, official=theirs) != unremembered("post", texts)
    assert len(memory.read.keys() - known.read.keys()) == len(with_details)
    assert read(memory, "post", texts) == unremembered("post", texts)
    assert memory.read.keys() >= known.read.keys(), "both are of this run"


def test_a_day_of_the_same_year_is_no_reason_to_read_again(known: dict[str, str]) -> None:
    memory, day = ReadingMemory("key", known), date(2026, 12, 31)

    assert read(memory, "bio", as_of=day) == unremembered("bio", as_of=day)
    assert memory.read.keys() <= known.keys()


@pytest.mark.parametrize("changes", [lambda text: f"{text}!", str.upper], ids=["a sign more", "shouted"])
def test_a_text_that_was_changed_is_read_again(known: dict[str, str], changes: Callable[[str], str]) -> None:
    texts = [changes(text) for text in TEXTS if changes(text) not in TEXTS]
    memory = ReadingMemory("key", known)

    assert read(memory, "post", texts) == unremembered("post", texts)
    assert not known.keys() & memory.read.keys()


def test_another_edition_and_another_schools_key_remember_nothing(
    known: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    another_school = ReadingMemory("another key", known)
    read(another_school, "post")
    monkeypatch.setattr(remembered, "edition", lambda: "another edition")
    another_edition = ReadingMemory("key", known)
    read(another_edition, "post")

    assert not known.keys() & (another_school.read.keys() | another_edition.read.keys())


def test_nothing_is_remembered_of_a_text_but_numbers_and_words_of_ours(known: dict[str, str]) -> None:
    words = {word for text in TEXTS for word in text.split() if len(word) > 12}

    assert words
    assert [word for word in words if any(word in said for said in known.values())] == []


def test_the_edition_names_every_library_that_speaks_in_a_reading() -> None:
    folders = [Path(str(resources.files(package))) for package in ("engines.text", "engines.words")]
    trees = [ast.parse(file.read_text()) for folder in folders for file in folder.rglob("*.py")]
    imported = {
        name.partition(".")[0]
        for tree in trees
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    named = {library.replace("-", "_") for library in remembered.LIBRARIES}

    assert named <= imported
    assert imported - named <= set(sys.stdlib_module_names) | {"engines"}
