"""Threats in roundabout words, in other languages and in pictures are told by rule, and their kind twins are not."""

import pytest

from engines.words import read_texts
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
    ("the goalie is getting shanked on Friday", "the goalie is getting changed on Friday"),
    ("I'm putting that lad in hospital, putting him in hospital", "putting him in goal on Saturday"),
    ("I'd gladly strangle the whole panel", "I'd gladly thank the whole panel"),
    ("can someone run over that ref", "can someone run over to that ref"),
    ("someone burn that mosque", "they tried to burn that mosque and we helped to clean"),
    ("wish that coach had gone off the motorway", "wish that coach had gone off on time"),
    ("meet behind the gym, bring ur blades", "meet behind the gym, bring ur boots"),
    ("shame if miss's brakes stopped working", "the brakes stopped squeaking after the service"),
    ("next time you'll need a coffin", "next time you'll need a coat"),
    ("we're coming up there with bats", "we're coming up there with cakes"),
]


@pytest.mark.parametrize(("threat", "twin"), PAIRS)
def test_a_veiled_threat_is_told_and_its_twin_is_not(threat: str, twin: str) -> None:
    assert "threat" in signs_of(threat, "comment")
    assert "threat" not in signs_of(twin, "comment")


@pytest.mark.parametrize(
    ("alleged", "twin"),
    [
        ("Mr Thistlewood changed the grades in August", "Mr Thistlewood changed the grade boundaries poster"),
        ("the exam officer sold the physics paper", "the exam officer sold the raffle tickets"),
        ("our caretaker was kissing a sixth former", "our caretaker was cheering a sixth former"),
        ("Coach Appleyard hit my son with a bat", "Coach Appleyard hit a six with that bat"),
        ("the driver of bus 3 strokes her hair", "the driver of bus 3 strokes her dog"),
        ("sir gave us cider on the trip", "sir gave us crisps on the trip"),
        ("the headteacher shredded the complaint", "the headteacher shredded the cabbage for the stall"),
        ("Miss Oldroyd messages my cousin at midnight", "Miss Oldroyd messages all parents at noon"),
        ("the nursery nurse shook a baby", "the nursery nurse shook a rattle"),
        ("the lollipop man asks kids to sit in his van", "the lollipop man asks kids to sit on the wall"),
        ("Mrs Farrow told my lad to lie to the police", "Mrs Farrow told my lad to lie down"),
    ],
)
def test_a_breach_by_somebody_trusted_is_alleged_and_its_twin_is_not(alleged: str, twin: str) -> None:
    assert "allegation" in signs_of(alleged, "comment")
    assert "allegation" not in signs_of(twin, "comment")


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("he'll not see another term", "threat"),
        ("gran won't see another christmas", "threat"),
        ("kids won't walk home alone", "threat"),
        ("mr bostock got done for speeding", "allegation"),
        ("that tutor took \u00a3400 off me", "allegation"),
        ("they are putting him in hospital for the operation", "threat"),
        ("bring your belts for karate grading", "threat"),
        ("mrs yardwick touched my daughter with her kind words", "allegation"),
        ("miss pushed my son to apply to oxford", "allegation"),
        ("coach slapped my son on the back", "allegation"),
        ("mr bostock lets them drink water", "allegation"),
        ("mr bostock messaged them at 9am with the fixture", "allegation"),
        ("coach is filming the boys from the touchline for the website", "allegation"),
    ],
)
def test_what_may_be_harm_or_an_ordinary_day_is_left_to_a_person(text: str, family: str) -> None:
    assert family not in signs_of(text, "comment")
    assert family in signs_of(text, "comment", doubts=True)
    assert not any(one.is_listed for one in read_texts([text], "comment")[0])


@pytest.mark.parametrize(
    "text",
    [
        "my nan won't make it to christmas, so sad",
        "we won't make it home before 6, coach is late",
        "hope the train goes faster",
        "prices are getting slashed on friday",
        "somebody shoot the penalty",
        "can someone shoot the video",
        "can someone push the button",
        "blow up a church bouncy castle",
        "love to hang the art",
        "the library's on borrowed time",
        "head signed the papers before the deadline",
        "mr wells fixed the log burner",
        "sir took \u00a35 off me for the trip",
        "miss asked the students to sit in the front row",
        "miss is seeing the pupils who need help",
        "coach deals in facts",
        "miss gave us the paper planes",
        "coach was plastered in mud",
        "miss is very close with the children, they adore her",
    ],
)
def test_grief_play_and_school_life_fit_no_rule(text: str) -> None:
    assert not {"threat", "allegation"} & signs_of(text, "comment").keys()


@pytest.mark.parametrize(
    "text",
    [
        "mr bostock was in bed with a pupil",
        "coach groped her",
        "the treasurer pocketed the trip money",
        "sir is dealing weed",
        "the head shredded the complaint",
        "coach slapped my son round the head",
        "the caretaker was kissing a year 10",
    ],
)
def test_a_grave_breach_of_trust_stays_one(text: str) -> None:
    assert "allegation" in signs_of(text, "comment")


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
