"""Willow Tree's pack: the same county model as Carleton Green's, for a federation."""

from datetime import date

from policies.model import Clause, load_pack

PACK = load_pack("willow-tree-2024")
ONE_SCHOOL = load_pack("carleton-green-2024")
OTHER_WORDS = {
    "3-2-use",
    "4-1-advise",
    "4-1-iii-disrepute",
    "4-1-iii-colleagues",
    "4-1-note-contrary",
    "4-2-vetting",
    "5-adults-equipment",
    "5-adults-devices",
    "5-adults-rules",
    "5-settings-devices",
    "6-i-share",
    "6-i-handbook",
    "6-i-induction",
    "6-ii-links",
    "review-date",
}


def test_both_editions_have_the_same_fifty_three_clauses_in_the_same_order_but_for_the_review_date() -> None:
    here, there = ([clause.id for clause in pack.clause if clause.id != "review-date"] for pack in (PACK, ONE_SCHOOL))

    assert here == there
    assert len(PACK.clause) == len(ONE_SCHOOL.clause) == 53


def test_the_review_date_stands_on_the_title_page_here_and_on_the_last_line_there() -> None:
    assert next(clause.id for clause in PACK.clause) == "review-date"
    assert [clause.id for clause in ONE_SCHOOL.clause if not clause.besides][-1] == "review-date"
    assert PACK.asks("policy_review")[0].id == "review-date"


def test_both_editions_say_the_same_of_the_same_clause() -> None:
    there = {clause.id: _without_place(clause) for clause in ONE_SCHOOL.clause}

    for clause in PACK.clause:
        assert _without_place(clause) == there[clause.id], clause.id


def test_a_clause_has_another_hash_only_where_the_two_texts_differ() -> None:
    there = {clause.id: clause.source_sha256 for clause in ONE_SCHOOL.clause}

    assert {clause.id for clause in PACK.clause if clause.source_sha256 != there[clause.id]} == OTHER_WORDS


def test_a_page_break_in_the_federations_text_leaves_induction_a_sentence_of_its_own() -> None:
    assert len({_hash_of("willow-tree-2024", part) for part in ("6-i-share", "6-i-handbook", "6-i-induction")}) == 2
    assert len({_hash_of("carleton-green-2024", part) for part in ("6-i-share", "6-i-handbook", "6-i-induction")}) == 1


def test_it_is_in_force_from_july_and_reviewed_by_the_date_that_the_text_names() -> None:
    assert (PACK.adopted_on, PACK.review_by) == (date(2024, 7, 1), date(2025, 9, 30))


def test_what_is_background_in_one_edition_obliges_nobody_in_the_other() -> None:
    asked = {clause.source_sha256 for pack in (PACK, ONE_SCHOOL) for clause in pack.clause}

    assert len(PACK.background) == len(set(PACK.background)) == 45
    assert {*PACK.background, *ONE_SCHOOL.background} & asked == set()


def test_no_clause_names_one_school_or_the_federation() -> None:
    words = " ".join(clause.says for clause in PACK.clause)

    assert [name for name in ("Willow", "Carleton", "ederation") if name in words] == []


def _without_place(clause: Clause) -> dict[str, object]:
    leave_out = {"source_sha256"} | ({"ref"} if clause.id == "review-date" else set())
    return clause.model_dump(exclude=leave_out)


def _hash_of(pack_id: str, clause_id: str) -> str | None:
    return next(clause.source_sha256 for clause in load_pack(pack_id).clause if clause.id == clause_id)
