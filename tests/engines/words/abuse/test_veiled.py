"""Threats in roundabout words, in other languages and in pictures are told by rule, and their kind twins are not."""

import pytest

from engines.words.signs import signs_of

PAIRS = [
    ("Petrol's on offer again, Mr Oakden, just a thought", "Petrol's on offer again by the ring road"),
    ("she walks past the allotments on her own at 4", "she walks past the allotments with her nan at 4"),
    ("stay home tomorrow, I'm telling you", "stay home tomorrow, the boiler is broken"),
    ("I might phone one in so we miss the test", "I might phone in my order so we miss the queue"),
    ("We know where you live. your kids too", "your kids are welcome, bring the dog"),
    ("you can't hide behind that desk forever", "you can't hide that cake forever"),
    ("zabije cie", "zabiore cie na basen"),
    ("mi ladda i di", "mi helpa i di"),
    ("dw i'n mynd i stabio ti", "dw i'n mynd i helpu ti"),
    ("pobijemy cie po szkole", "pobiegniemy po szkole"),
    ("teri haddi tod dunga", "teri kitab la dunga"),
    ("on va te casser la gueule", "on va te passer la balle"),
    ("te voy a romper la cara", "te voy a pintar la cara"),
    ("\U0001f52a\U0001f52a see you at the gates", "\U0001f382\U0001f382 see you at the gates"),
    ("\U0001f52b for him on thursday", "\U0001f52b laser tag for him on thursday"),
    ("shame if somebody set that nice shed on fire", "shame nobody came to see that nice shed"),
    ("I know which nursery your daughter goes to", "the nursery your daughter goes to is closed on Monday"),
    ("bringing my dad's crossbow to school", "bringing my dad's cello to school"),
    ("someone's getting jumped by the shops", "someone's getting chips by the shops"),
    ("hope miss likes hospital food", "hope miss likes the new hall"),
    ("driving my truck through that reception", "driving my truck to that reception"),
    ("send it or the videos of you go online", "send it and the videos of the play go online"),
    ("mates have your address and a hammer", "mates have your tickets and a banner"),
    ("you'll find out what real pain is", "you'll find out what the theme is"),
    ("sumfin sharp in my bag 4 him", "sumfin nice in my bag 4 him"),
    ("put a bullit in that teecher", "put a ribbon in that teecher's hair"),
    ("next time it won't be just the tyres", "next time it won't be just the juniors"),
    ("say that again and I'll kill you", "He said do it and I'll kill you"),
    ("you tell anyone and I'll batter you", "you tell anyone and I'll blush"),
    ("call me that again, I'll smash your head in", "she wrote call me, I'll smash your head in"),
    ("g0 d1e", "g0 for it"),
    ("\U0001f4a3 the school on friday", "\U0001f4a5 the school on friday, what a show"),
    ("i h0pe u d!e", "i h0pe u win"),
]


@pytest.mark.parametrize(("threat", "twin"), PAIRS)
def test_a_veiled_threat_is_told_and_its_twin_is_not(threat: str, twin: str) -> None:
    assert "threat" in signs_of(threat, "comment")
    assert "threat" not in signs_of(twin, "comment")


@pytest.mark.parametrize("text", ["t'es une sale conne", "ty jebany debilu", "hijo de puta", "chup kar kamine"])
def test_an_insult_in_another_language_is_told(text: str) -> None:
    assert "abuse" in signs_of(text, "comment")


@pytest.mark.parametrize(
    "text",
    ["fu ck of f the lot of you", "piss o ff", "she deserves to be r4ped", "fuc koff"],
)
def test_torn_and_disguised_words_are_told_in_posts_as_in_comments(text: str) -> None:
    assert {"threat", "abuse"} & set(signs_of(text, "post"))


@pytest.mark.parametrize(
    ("alleged", "twin"),
    [
        ("the fete money never adds up with her", "the fete money came to ninety pounds with her"),
        ("he's been msgin year 9s after midnight", "he's been msgin parents after training"),
        ("you could smell the gin on miss", "you could smell the paint on the doors"),
        ("has pictures of children on his phone", "has pictures of the ducks on his phone"),
        ("the results were made up by the deputy", "the results were read out by the deputy"),
        ("his wife gets every contract", "his wife gets every laugh"),
        ("he should not be allowed near children", "nobody should call him a thief"),
        ("drags the little ones by their arms", "draws the little ones with their arms up"),
        ("Word is he was done for dealing", "Word is he was done for the day"),
        ("a teacher who likes them young", "a teacher who likes them crunchy"),
        ("takes cash from parents to bump them up", "takes cash from parents for the cakes"),
        ("they paid that family off", "they paid for that family's ticket"),
        ("seen at a hotel with a sixth former", "seen at a library with a sixth form booklist"),
    ],
)
def test_a_hinted_allegation_is_told_and_its_twin_is_not(alleged: str, twin: str) -> None:
    assert "allegation" in signs_of(alleged, "comment")
    assert not {"allegation", "threat"} & set(signs_of(twin, "comment"))
