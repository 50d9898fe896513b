"""Harm told in passing, hinted at or in another language is never silent, and its ordinary twin is not called so."""

import pytest

from engines.words import read_texts

ALLEGED = [
    ("she bit my nephew and nobody rang us", "she bit my sandwich and nobody minded"),
    ("that coach is handsy with the under 14s", "that coach is handy with the under 14s' nets"),
    ("the chaplain came on to my sister at the disco", "the chaplain came to my sister's disco"),
    ("he sent her a photo of himself in the bath", "he sent her a photo of the bath toys"),
    ("he lied to ofsted about the numbers", "he talked to ofsted about the numbers"),
    ("the man has forged qualifications and they know", "the man has forty gates and they glow"),
    ("she screams in their faces until they cry", "she sings in their assemblies until they clap"),
    ("he called our son thick at the gate", "he called our son up at the gate"),
    ("funny how a man accused of assault takes swimming", "funny how a man fond of puddings takes swimming"),
    ("i reported him to the lado in june", "i reported it to the office in june"),
    ("bus driver was well over the limit", "bus driver was well over the moon"),
    ("this coach is a known pedofil", "this coach is a known pianista"),
    ("nasza pani kradnie pieniadze z wycieczki", "nasza pani zbiera pieniadze na wycieczke"),
    ("le prof de sport touche les filles", "le prof de sport aide les filles"),
]
THREATENED = [
    ("my brothers comin for yr 11 at three", "my brothers comin with yr 11 at three"),
    ("we are coming to the office and not coming to talk", "we are coming to the office and bringing cake"),
    ("dunblane part 2 at this dump", "swimming part 2 at this pool"),
    ("you'll be in the ground before easter", "the bulbs will be in the ground before easter"),
    ("12 hours to put it right or i make them pay", "12 hours to put it up and i make the tea"),
    ("i will unleash hell on that office", "i will unleash glitter on that office"),
    ("nobody will ever find her body", "nobody will ever find her pencil"),
    ("smile while he can still walk", "smile while he can still dance"),
    ("seni oldurecegim", "seni gorecegim"),
    ("te omor maine la scoala", "te sun maine la scoala"),
    ("vou te matar no recreio", "vou te ver no recreio"),
    ("убью тебя завтра", "увижу тебя завтра"),
    ("سأقتلك غدا", "سأراك غدا"),
]
CASES = [
    (harm, twin, family) for family, pairs in (("allegation", ALLEGED), ("threat", THREATENED)) for harm, twin in pairs
]


@pytest.mark.parametrize(("harm", "twin", "family"), CASES)
def test_harm_is_never_silent_and_its_twin_is_not_told_by_a_rule(harm: str, twin: str, family: str) -> None:
    told, of_twin = read_texts([harm, twin], "comment")
    assert told
    assert family not in {one.family for one in of_twin if one.basis != "score"}
