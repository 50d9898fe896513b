"""Every shipped pack is held to the policy that it was made from, word by word, and asks only for what there is."""

import re
from pathlib import Path

import pytest

from checks.catalogue import catalogue
from policies.coverage import sentences, sha256_of
from policies.model import Clause, Pack, known_packs, load_pack

POLICIES = Path(__file__).resolve().parents[2].parent / "shared" / "policies"
RUN = 8
EVERYWHERE = {"alt_text", "policy_review", "register_fresh"}

each_pack = pytest.mark.parametrize("name", known_packs())


def source_of(name: str) -> str:
    """Return the policy's own text; skip, and say so, where this checkout has none."""
    path = POLICIES / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"{path} is not here, so the pack cannot be held to the policy's own words.")
    return path.read_text(encoding="utf-8")


def hashes_of(name: str) -> list[str]:
    return [sha256_of(sentence) for sentence in sentences(source_of(name))]


def texts_of(clause: Clause) -> list[str]:
    """Return every sentence of ours that stands in the clause."""
    met = [clause.unobserved or "", clause.not_covered or ""] + ([clause.attest.evidence] if clause.attest else [])
    return [text for text in [clause.says, *met, *(telling.when for telling in clause.tell)] if text]


def runs(text: str) -> set[str]:
    """Return every run of so many consecutive words, without punctuation and capitals."""
    words = re.findall(r"[a-z0-9]+", text.casefold().replace("\u2019", "'").replace("'", ""))
    return {" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def sourced(pack: Pack) -> list[Clause]:
    return [clause for clause in pack.clause if clause.source_sha256]


@each_pack
def test_every_clause_is_tied_to_a_sentence_of_the_policy(name: str) -> None:
    found = set(hashes_of(name))

    assert [clause.id for clause in sourced(load_pack(name)) if clause.source_sha256 not in found] == []


@each_pack
def test_every_sentence_of_the_policy_is_in_a_clause_or_in_the_background(name: str) -> None:
    text, pack = source_of(name), load_pack(name)
    mapped = {clause.source_sha256 for clause in pack.clause} | set(pack.background)

    assert [sentence for sentence in sentences(text) if sha256_of(sentence) not in mapped] == []


@each_pack
def test_the_background_is_of_the_policy_each_once_and_none_of_it_obliges(name: str) -> None:
    found, pack = set(hashes_of(name)), load_pack(name)

    assert sorted(set(pack.background) - found) == []
    assert sorted(set(pack.background) & {clause.source_sha256 for clause in pack.clause}) == []
    assert len(pack.background) == len(set(pack.background))


@each_pack
def test_the_clauses_come_in_the_order_of_the_policy(name: str) -> None:
    hashes, last, astray = hashes_of(name), 0, []
    for clause in sourced(load_pack(name)):
        later = [place for place, value in enumerate(hashes) if value == clause.source_sha256 and place >= last]
        if later:
            last = later[0]
        else:
            astray.append(clause.id)

    assert astray == []


@each_pack
def test_nothing_in_a_clause_repeats_the_policy_at_length(name: str) -> None:
    told = runs(source_of(name))
    clauses = load_pack(name).clause

    assert [(clause.id, run) for clause in clauses for text in texts_of(clause) for run in runs(text) & told] == []


@each_pack
def test_the_duties_outside_the_policy_come_last(name: str) -> None:
    besides = [clause.besides is not None for clause in load_pack(name).clause]

    assert besides == sorted(besides)


@each_pack
def test_every_sentence_ends(name: str) -> None:
    clauses = load_pack(name).clause

    assert [clause.id for clause in clauses for text in texts_of(clause) if not text.endswith(".")] == []


@each_pack
def test_it_asks_only_for_checks_and_parameters_that_there_are(name: str) -> None:
    clauses = load_pack(name).clause
    asked = [question for clause in clauses for question in clause.checks]
    ended_by = {ending.check for clause in clauses if clause.attest for ending in clause.attest.endings}

    known = catalogue()
    assert {question.check for question in asked} | ended_by <= known.keys()
    assert [q.check for q in asked if not q.parameters.keys() <= known[q.check].defaults.keys()] == []
    assert [q.check for q in asked if not set(q.escalation) <= {one.label for one in known[q.check].evidence}] == []


@each_pack
def test_an_attestation_is_ended_only_by_a_check_that_the_pack_runs(name: str) -> None:
    pack = load_pack(name)
    ended_by = {ending.check for clause in pack.clause if clause.attest for ending in clause.attest.endings}

    assert ended_by <= set(pack.check_ids)


@each_pack
def test_it_asks_for_what_every_school_owes(name: str) -> None:
    assert set(load_pack(name).check_ids) >= EVERYWHERE


@each_pack
def test_what_one_clause_leaves_out_of_what_people_write_another_counts(name: str) -> None:
    binds_others = any(clause.binds == "parents" for clause in load_pack(name).clause)
    found = [
        {"abuse": kind, "written_by": who}
        for kind in values_of("abusive_comment", "abuse")
        for who in values_of("abusive_comment", "written_by")
        # A policy for the staff alone says nothing of others' rude words; a threat or a lure counts whoever wrote it.
        if binds_others or who == "staff" or kind in {"threat", "lure"}
    ]

    assert left_out(name, "abusive_comment", "comment", found) == []


@each_pack
@pytest.mark.parametrize(("check", "concerns"), [("contact_details", "post"), ("official_words", "post")])
def test_what_one_clause_leaves_out_of_what_the_school_writes_another_counts(
    name: str, check: str, concerns: str
) -> None:
    assert left_out(name, check, concerns, [{"kind": kind} for kind in values_of(check, "kind")]) == []


@each_pack
def test_a_page_about_a_pupil_is_critical_and_the_safeguarding_leads_whatever_else_it_bears(name: str) -> None:
    pack = load_pack(name)
    page = ("lookalike_account", "x", "pupil", {"kind": "bears the name; is about a pupil"})
    [question] = [asked for clause, asked in pack.asked(page[0]) if clause.id == "besides-pages-about-pupils"]

    assert pack.broken_by(*page) == ("besides-pages-about-pupils",)
    assert (question.severity, question.owner_role) == ("critical", "dsl")


@pytest.mark.parametrize("name", ["bledington-2025", "cornist-park-2021"])
@pytest.mark.parametrize("kind", ["bears the name", "bears a like handle"])
def test_an_imitation_breaks_the_clause_on_the_schools_name_and_none_on_pupils(name: str, kind: str) -> None:
    broken = load_pack(name).broken_by("lookalike_account", "x", "account", {"kind": kind})

    assert len(broken) == 1
    assert "besides-pages-about-pupils" not in broken


def values_of(check: str, label: str) -> tuple[str, ...]:
    return next(one.values for one in catalogue()[check].evidence if one.label == label)


def left_out(name: str, check: str, concerns: str, found: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return what the check may find that breaks no clause of a pack that asks for it."""
    pack = load_pack(name)
    return [one for one in found if pack.asked(check) and not pack.broken_by(check, "x", concerns, one)]
