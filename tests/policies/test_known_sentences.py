"""A sentence that another school's pack maps is proposed as that school mapped it, and is sure by that alone never."""

import tomllib

import pytest

from flows.home.policy import known_checks, watching_checks
from policies.coverage import sha256_of
from policies.documents import Document
from policies.draft import Sentence, guess_all
from policies.drafting.accepting import accepted
from policies.drafting.known import key_of, keys_of, known_sentences, mapped_by
from policies.drafting.proposals import proposals_for
from policies.drafting.skeleton import proposed_for, skeleton
from policies.mistakes import mistakes_in
from policies.model import Pack, known_packs, load_pack
from policies.toml_text import packaged_toml
from tests.policies.test_packs_and_sources import source_of

ATTEST = {"role": "headteacher", "every_days": 91, "evidence": "The minutes."}
SILENT = "Staff keep a quiet corner by the pond."
UNSEEN = "Staff must never bring a private telephone into school."  # the rules say: nobody sees it
FOLLOWS = "Staff must not follow the school's Twitter account."


def sentence_of(text: str) -> Sentence:
    """Return the last sentence of a text, as a draft reads it."""
    return guess_all(text)[-1]


def pack_of(name: str, text: str, *ways: dict) -> tuple[Pack, list[Sentence]]:
    """Return a pack with a clause for each way in which the last sentence of a text is met, and its sentences."""
    one = sentence_of(text)
    said = {"ref": "1", "says": "Said.", "force": "must", "binds": "staff", "source_sha256": sha256_of(one.text)}
    clauses = [{"id": str(number), **said, **way} for number, way in enumerate(ways)]
    return Pack.model_validate({"id": name, "title": name, "edition": "1", "clause": clauses}), guess_all(text)


def made(text: str, *packs: tuple[Pack, list[Sentence]]):
    known = mapped_by([(pack, keys_of(pack, sentences)) for pack, sentences in packs])
    return proposals_for(sentence_of(text), watching_checks(), known)


@pytest.mark.parametrize(
    "text",
    [
        "Staff must never walk a dog in the federation's garden.",
        "4.2 Staff must never walk a dog in the School\u2019s garden*",
        "(iii) staff must never walk a dog in the academys garden.",
        "Staff must never:\n- walk a dog in the school's garden.",
    ],
)
def test_the_same_words_are_known_whatever_the_school_calls_itself(text: str) -> None:
    known = "Staff must never walk a dog in the school's garden."

    assert key_of(sentence_of(text)) == key_of(sentence_of(known))


@pytest.mark.parametrize(
    "text",
    [
        "Staff must always walk a dog in the school's garden.",
        "Staff must:\n- walk a dog in the school's garden.",
        "No school must walk a dog in the school's garden.",
        "Pupils must never walk a dog in the school's garden.",
    ],
)
def test_words_that_turn_a_sentence_round_are_no_other_school_s(text: str) -> None:
    known = "Staff must never walk a dog in the school's garden."

    assert key_of(sentence_of(text)) != key_of(sentence_of(known))


def test_it_says_how_many_schools_mapped_it_and_is_sure_where_no_rule_says_otherwise() -> None:
    text = "Employees must walk the dog at noon."
    alone = proposals_for(sentence_of(text), watching_checks())
    two = made(text, pack_of("a", text, {"attest": ATTEST}), pack_of("b", text, {"attest": ATTEST}))

    assert not alone or alone[0].is_perhaps
    assert (two[0].ways, two[0].is_sure) == (("attest",), True)
    assert two[0].why == "As 2 other schools' clauses of the same words were mapped."


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        (UNSEEN, [{"attest": ATTEST}]),  # a rule objects
        (FOLLOWS, [{"unobserved": "Nobody sees it."}]),  # a rule that is sure objects
        ("Employees must walk the dog at noon.", [{"attest": ATTEST}, {"unobserved": "No."}]),  # it was mapped twice
    ],
)
def test_it_comes_first_and_is_not_sure_where_a_rule_objects_or_it_was_mapped_in_several_ways(text, ways) -> None:
    found = made(text, pack_of("a", text, *ways))

    assert found[0].ways == tuple(way for way in ("attest", "unobserved") if way in ways[0])
    assert not found[0].is_sure


def test_what_a_rule_is_sure_of_stays_sure_where_another_school_agrees() -> None:
    found = made(
        FOLLOWS, pack_of("a", FOLLOWS, {"checks": [{"check": "staff_follower", "severity": "low"}], "covers": "whole"})
    )

    assert (found[0].ways, found[0].is_sure) == (("staff_follower",), True)
    assert [one.ways for one in found].count(("staff_follower",)) == 1


def test_a_permission_is_given_no_check_of_another_school_s() -> None:
    text = "Staff may follow the school's Twitter account."
    watched = {"checks": [{"check": "staff_follower", "severity": "low"}], "covers": "whole"}

    assert [one.ways for one in made(text, pack_of("a", text, watched))] == [("unobserved",)]


def test_it_is_proposed_with_all_that_the_other_school_says_and_can_be_accepted() -> None:
    asked = {"check": "policy_read", "severity": "low", "parameters": {"wants": ["trained_on"]}}
    way = {"checks": [asked], "covers": "part", "not_covered": "Whether it was heard."}
    text = "Employees must walk the dog at noon."
    known = mapped_by([(pack, keys_of(pack, found)) for pack, found in [pack_of("a", text, way)]])
    draft = skeleton(Document("own.txt", text), watching_checks(), known)
    taken = accepted(draft, "own.toml", is_sure=True).text

    assert proposed_for(sentence_of(text), watching_checks(), known)["checks"] == [asked]
    assert tomllib.loads(taken)["clause"][0]["not_covered"] == "Whether it was heard."
    assert not mistakes_in(taken, known_checks())


def test_what_ships_names_clauses_that_there_are() -> None:
    shipped = packaged_toml("policies.drafting", "known.toml")
    sources = {name: {str(one.source_sha256)[:16] for one in load_pack(name).clause} for name in known_packs()}

    assert set(shipped) == set(sources)
    assert all(pair.split()[1] in sources[name] for name, pairs in shipped.items() for pair in pairs)
    assert len(known_sentences()) > 200


@pytest.mark.parametrize("name", known_packs())
def test_what_ships_is_as_the_policy_s_own_text_makes_it(name: str) -> None:
    sentences = guess_all(source_of(name))

    assert packaged_toml("policies.drafting", "known.toml")[name] == keys_of(load_pack(name), sentences)
