"""A clause is tied to its sentence by a hash: the sentence finding, and the shipped pack held to the policy itself."""

from pathlib import Path

import pytest

from policies.model import load_pack
from policies.source import fold, sentences, sha256_of

POLICIES = Path(__file__).resolve().parents[2].parent / "shared" / "policies"


def test_lines_and_sentence_ends_part_sentences() -> None:
    text = "First one. Second one? Third\nFourth, i.e. still the fourth. 'Fifth' too."

    assert sentences(text) == ["First one.", "Second one?", "Third", "Fourth, i.e. still the fourth.", "'Fifth' too."]


def test_bullets_and_numbers_are_dropped() -> None:
    text = "- Dashed;\n• Dotted; and\n* Starred\n12. Numbered\niv. Roman\n(ii) Bracketed\n-Not a bullet"

    assert sentences(text) == ["Dashed;", "Dotted; and", "Starred", "Numbered", "Roman", "Bracketed", "-Not a bullet"]


def test_white_space_of_any_sort_is_folded_before_hashing() -> None:
    assert fold(" one\u00a0\ttwo\n three ") == "one two three"
    assert sha256_of("one two three") == sha256_of("  one\u00a0two\n\nthree ")
    assert sha256_of("one two three") != sha256_of("one two  Three")


def test_nothing_has_no_sentences() -> None:
    assert sentences("") == []
    assert sentences(" \n\n\t\n") == []


def test_every_clause_of_the_shipped_pack_is_one_sentence_of_the_policy_in_its_order() -> None:
    policy = POLICIES / "corbets-tey-2022.txt"
    if not policy.exists():
        pytest.skip(f"{policy} is not here, so the pack cannot be held to the policy's own words.")
    hashes = [sha256_of(sentence) for sentence in sentences(policy.read_text(encoding="utf-8"))]
    clauses = load_pack("corbets-tey-2022").clause

    places = [hashes.index(clause.source_sha256) for clause in clauses]

    assert places == sorted(set(places))
    assert all(hashes.count(clause.source_sha256) == 1 for clause in clauses)


def test_no_clause_repeats_a_sentence_of_the_policy() -> None:
    policy = POLICIES / "corbets-tey-2022.txt"
    if not policy.exists():
        pytest.skip(f"{policy} is not here, so the pack cannot be compared with the policy's own words.")
    told = fold(policy.read_text(encoding="utf-8")).casefold()
    clauses = load_pack("corbets-tey-2022").clause

    def runs(text: str, length: int = 9) -> list[str]:
        words = fold(text).casefold().split()
        return [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]

    assert [clause.id for clause in clauses for run in runs(clause.says) if run in told] == []
