"""The labelled set is large, varied and divided by its rule, and docs/words.md gives the figures that it yields."""

import hashlib
from pathlib import Path

import pytest

from engines.words.reading import ATTACKS
from tests.bench.words.measure import FAMILIES, PARTS, Score, items, measure, measure_batch, read_by_plain_search, table
from tests.bench.words.sets import ATTACKS_ALONE, regrouped, written_texts

PAGE = Path(__file__).parents[3] / "docs" / "words.md"


def test_the_set_holds_enough_texts_and_none_twice() -> None:
    assert len(items()) >= 480
    assert len({item.id for item in items()}) == len(items())
    assert len({item.text.casefold() for item in items()}) == len(items())


def test_authors_who_told_attacks_alone_say_nothing_of_other_families_and_wrote_no_text_twice() -> None:
    texts = [text for text in written_texts() if text.author in ATTACKS_ALONE]

    assert len({text.text.casefold() for text in texts}) == len(texts) == 2000
    texts += [text for text in regrouped() if text.author in ATTACKS_ALONE]
    assert all({"contact", "staff_detail", "personal"} <= text.unsure for text in texts)
    assert all(text.unsure.isdisjoint(ATTACKS) and text.labels <= set(ATTACKS) for text in texts)


def test_every_label_is_one_that_is_read_in_its_kind_of_text() -> None:
    assert [item.id for item in items() if item.labels - FAMILIES[item.kind]] == []


def test_the_parts_follow_the_batch_or_the_hash_of_the_id() -> None:
    for item in items():
        is_even = hashlib.sha256(item.id.encode()).hexdigest()[0] in "02468ace"
        is_kept_apart = item.id.startswith(("blind", "third-"))
        is_tuned_on = item.id.startswith("second-") or (item.id.startswith("w") and is_even)
        assert item.part == ("blind" if is_kept_apart else "tune" if is_tuned_on else "test")


def test_every_text_is_of_a_batch_that_the_page_tells_of() -> None:
    assert {item.batch for item in items()} == {"w", "blind", "second", "third"}


def test_both_large_parts_hold_every_family_and_many_clean_texts() -> None:
    families = {name for names in FAMILIES.values() for name in names}
    for part in ("tune", "test"):
        chosen = [item for item in items() if item.part == part]
        assert {label for item in chosen for label in item.labels} == families
        assert 0.35 < sum(bool(item.labels) for item in chosen) / len(chosen) < 0.6


def test_the_test_part_reads_as_well_as_was_asked() -> None:
    test = next(measured for measured in measure() if measured.part == "test")

    assert test.ours["all"].precision >= 0.95
    assert test.ours["all"].recall >= 0.90


def test_our_reading_is_better_than_the_plain_search_in_every_part() -> None:
    for measured in measure():
        assert measured.ours["all"].precision > measured.plain_search["all"].precision
        assert measured.ours["all"].recall > measured.plain_search["all"].recall


def test_a_score_is_worked_out_from_its_counts() -> None:
    score = Score(right=3, wrong=1, missed=2)

    assert (score.precision, score.recall) == (0.75, 0.6)


def test_the_plain_search_knows_no_context() -> None:
    hard = next(item for item in items() if item.text == "Polling station: school closed")
    vote = next(item for item in items() if item.text.startswith("Vote for your school council"))

    assert not hard.labels
    assert read_by_plain_search(vote) >= {"partisan"}


def test_the_page_gives_the_figures_that_the_set_yields() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert [measured.part for measured in measure()] == list(PARTS)
    for measured in measure():
        assert "\n".join(table(measured)) in page, "Copy the tables that python -m tests.bench.words.measure prints."


@pytest.mark.parametrize("batch", ["blind", "second", "third"])
def test_the_page_gives_what_the_last_batches_yield(batch: str) -> None:
    score = measure_batch(batch)

    assert f"| `{batch}` | {score.precision:.3f} | {score.recall:.3f} |" in PAGE.read_text(encoding="utf-8")
