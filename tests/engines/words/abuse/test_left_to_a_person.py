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
    ("she deals ket behind the pavilion", "she deals cards behind the pavilion"),
    ("two girls got a lift home with that man again", "two girls got a prize with that man again"),
    ("the fete money vanished in may", "the fete cake vanished in may"),
    ("there are two sets of books in that office", "there are two sets of keys in that office"),
    ("the hot tub went through expenses", "the hot tub went through customs"),
    ("she shook my two year old", "she shook my two year plan"),
    ("he hits them where the marks do not show", "he hits the notes that do not show"),
    ("why is he in the girls' tent at camp", "why is he in the scouts' tent at camp"),
    ("they had pupils round his house for drinks", "they had pumpkins round his house for drinks"),
    ("she was seen with a sixth former in town", "she was seen with a sixth tray in town"),
    ("the office altered his behaviour log", "the office altered his timetable"),
    ("told my son to lie to the social worker", "told my son to lie on the mat"),
    ("locked the door and told me nobody would believe me", "locked the shed and told me nobody would mind"),
    ("the visitor was never dbs'd", "the visitor was never late"),
    ("banned from the other school for touching a boy", "home from the other school for planting a tree"),
    ("he flashed two girls by the bus stop", "he cheered two girls by the finish"),
    ("we all know what you did on that trip", "we all know what you cooked on that trip"),
    ("miss hill calls the kids thick", "miss hill calls the kids darling"),
    ("they covered up what mr low did", "they covered up what the decorators did with a rug"),
    ("tom in 9b has been beating up year 7s", "tom in 9b has been writing up year 7s"),
    ("a child was hit by mr hall", "a child was hit by a ball"),
    ("mr hall sleeps with pupils", "mr hall sleeps with the window open"),
    ("mr field gives lifts home to the pretty ones", "mr field gives lifts home to the away team"),
    ("that hug went on too long", "that song went on too long"),
    ("you get the part if she is nice to him", "you get the part if she is off sick"),
    ("ofsted got shown a fake set of books", "ofsted got shown a great set of books"),
    ("the class is scared, she throws chairs", "the class is happy, she mends chairs"),
    ("staff laughing at my disabled child", "staff laughing with my disabled child"),
    ("my girl was moved set because she said no to him", "my girl was moved set because she aced it"),
    ("the deputy wants nudes", "the deputy wants noodles"),
    ("mr hall takes drugs", "mr hall takes drums"),
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
    ("bomb at school tomorrow", "a bath bomb for the school fair"),
    ("if you want to stay alive", "if you want to stay awake"),
]
CASES = [
    (harm, twin, family) for family, pairs in (("allegation", ALLEGED), ("threat", THREATENED)) for harm, twin in pairs
]


@pytest.mark.parametrize(("harm", "twin", "family"), CASES)
def test_harm_is_never_silent_and_its_twin_is_not_told_by_a_rule(harm: str, twin: str, family: str) -> None:
    told, of_twin = read_texts([harm, twin], "comment")
    assert told
    assert family not in {one.family for one in of_twin if one.basis != "score"}


@pytest.mark.parametrize(
    "told",
    [
        "My manager at the depot falsified the brake checks, lorry 14 and lorry 22",
        (
            "Nurse Hibbert told the whole WhatsApp group which girl's pregnant. "
            "That's a sacking and a fine and I hope she gets both"
        ),
    ],
)
def test_hearsay_takes_nothing_off_the_list_that_the_scores_put_there(told: str) -> None:
    (families,) = read_texts([told], "comment")
    assert any(sign.what == "hearsay" for one in families for sign in one.signs)
    assert any(one.is_listed for one in families)
