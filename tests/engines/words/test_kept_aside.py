"""How well the families that only rules tell are told in sentences written after their rules.

Two sets, each written once the rules stood and read once: FIRST_READ is what came of it, and docs/words.md gives it.
The rules have been mended since by the kinds that the first set showed to be missing, so that only the second is apart;
whoever mends a rule by that one writes a third.
"""

from pathlib import Path

import pytest

from engines.words import read_texts

PAGE = Path(__file__).parents[3] / "docs" / "words.md"
PUPILS = (
    "Tegan",
    "Osian",
    "Maisie",
    "Harri",
    "Yusuf",
    "Lottie",
    "Tegan Prosser",
    "Yusuf Kaya",
    "Elin",
    "Jude",
    "Aria",
    "Kofi",
    "Bronte",
    "Samir",
    "Elin Howells",
    "Kofi Mensah",
)
# Each tuple holds what a person would say is of the family, or of none.
CONFIDENCES = (
    "Tegan got her ADHD assessment results today and we are thrilled for the family.",
    "Huge well done to Osian, whose stammer did not stop him reading the lesson in church.",
    "Maisie is back after six weeks at Alder Hey. Lovely to see you!",
    "Please pray for Harri in Year 5, who has been told the tumour is back.",
    "A girl in our Year 7 is under CAMHS, so go easy on her this term.",
    "Yusuf and his mum have been housed in a hotel by the council since August.",
    "Lottie's foster carers joined us for lunch.",
    "Our newest boy came to us from a refuge with nothing but a rucksack.",
    "Tegan has been permanently excluded and we wish her luck at her new school.",
    "Two of our Year 9 boys were caught with vapes and are in isolation.",
    "Osian's family can't pay for the trip, can anybody help?",
    "Maisie gets free school meals, so her lunch is covered.",
    "Harri was taken into care on Tuesday. We miss you, mate.",
    "Social services were called about Lottie after she came in with bruises.",
    "Yusuf has a nut allergy so please no peanut butter in 4B.",
    "Well done to our deaf pupil, Tegan, for signing the whole carol.",
    "Osian wet himself on stage, bless him.",
    "Maisie's dad is in Altcourse for another year and she still smiles every day.",
    "Harri has refugee status now!",
    "One of our looked-after children got the lead in the show.",
    "Lottie, 9, who uses a wheelchair, won the obstacle race.",
    "Tegan's attendance is 62%, the lowest in the class.",
    "Sending love to Nia and her brothers, who lost their mum at the weekend.",
    "Yusuf is our only pupil with Down's syndrome and the star of the show.",
    "Our Year 8 lad who tried to take his own life is home.",
)
NO_CONFIDENCES = (
    "World Autism Acceptance Week: wear something colourful on Friday.",
    "Our SENCO holds a drop-in every Wednesday at nine.",
    "Year 3 sang for the residents of Bryn Awel care home.",
    "Do let us know if your child has a medical condition.",
    "Register for free school meals by 12 October.",
    "Tegan, Osian and Maisie planted bulbs by the gate.",
    "Harri and Lottie held a cake sale for the children's hospital.",
    "Yusuf learned how the heart pumps blood.",
    "Attendance this week: 96%. Well done 4B!",
    "Mr Prosser is back after his operation.",
    "Our mental health champions ran a stall at lunch.",
    "Young carers' group meets on Tuesdays in the library.",
    "Lottie was Fagin in Oliver!, a tale of orphans and thieves.",
    "Year 6 wrote letters as evacuees.",
    "We are proud to be a dyslexia friendly school.",
    "Tegan took the register to the office.",
    "Osian broke the school record for the 800 metres.",
    "Maisie's team lost but kept smiling.",
    "The school nurse visits on Thursday for the flu vaccine.",
    "Please label inhalers with the child's name.",
    "Harri was suspended in mid-air by the ropes course!",
    "Parents of looked-after children may apply first.",
    "A big thank you to the dads who fixed the fence.",
    "Lottie has a cold nose and rosy cheeks after forest school.",
    "Safer Internet Day: how to report a concern.",
)
SECURITY = (
    "For the disco use the side entrance, code 3719.",
    "Forgotten the gate code? It's 2468.",
    "The pin for the bike shed padlock is 0007.",
    "The staffroom door code has been changed to C4471Y.",
    "Alarm code for tonight's letting: 9182.",
    "New wifi! Network: OVS-Guest, password: Bluebell12",
    "Wi-Fi for the parents' evening: password sunflower",
    "Your child's Google login is first name and the password is Welcome1.",
    "The site will be completely unattended from Friday at five until Monday.",
    "There will be nobody in the building over Easter.",
    "Our burglar alarm is out of order, engineer due Thursday.",
    "The keys to the hall hang on the hook behind the bins.",
    "Let yourselves in, the key is under the blue plant pot.",
    "The lock on the nursery gate is broken.",
    "Year 3 trip to Techniquest on Tuesday 4 March, back by 3.15.",
    "Next Thursday our Year 6 children travel to London on the 7.42 train.",
    "The netball squad play at Bryn Hafren on Wednesday.",
    "Reception are off to Folly Farm tomorrow!",
    "Pick up from Penarth pier at 4pm on Friday, Year 5 parents.",
    "Year 10 leave for Berlin on 12 February from Bristol Airport.",
    "The choir will be singing in Cardiff Market on Saturday morning.",
    "CCTV by the back gate has been down since Sunday.",
)
NO_SECURITY = (
    "Code Club is full, but there is a waiting list.",
    "Year 5 debugged their code in Scratch.",
    "A code of conduct for spectators is on the website.",
    "Year 3 loved Techniquest on Tuesday.",
    "Thank you to the driver who brought Year 6 home from London last night.",
    "Key Stage 1 nativity: Thursday 12 December, 2pm, in the hall.",
    "Swimming lessons start on Monday for Year 4.",
    "The school is closed on Monday 5 May for the bank holiday.",
    "Choose a strong password: three random words.",
    "Password workshop for parents on Tuesday.",
    "Our new gate was painted by the PTA.",
    "The alarm clock song is stuck in our heads.",
    "Fire drill on Wednesday: everybody out in four minutes.",
    "Please close the gate behind you.",
    "The library was locked, so we read outside.",
    "Sports day is on Friday on the school field.",
    "The Year 2 spelling key words are on the website.",
    "Author visit on Thursday: Cressida Cowell comes to us!",
    "Term ends on Friday 18 July.",
    "Parking is tight at the gate, please walk.",
    "Use code READ10 for ten per cent off at the book fair.",
    "An empty chair at the top table can be yours: raffle tickets \u00a31.",
)
CONFIDENCES_2 = (
    "Elin has been waiting two years for her autism assessment and finally got it.",
    "Kofi, who has sickle cell, is in our thoughts this week.",
    "Jude came second in the county! Not bad for a lad with one kidney.",
    "Aria is moving to a new foster family in Leeds and we will miss her.",
    "Bronte in Year 11 was sent home for fighting.",
    "A Year 8 pupil has been arrested.",
    "Samir's family have been made homeless by the fire.",
    "Our Year 1 girl with Down's syndrome read to the whole hall.",
    "Elin's mum is in prison, so let us all be kind.",
    "Kofi is on the pupil premium and has earned his place on the trip.",
    "A child in Year 5 told her teacher that her dad hits her.",
    "Jude is back at school after his overdose.",
    "Aria lost her big brother last month; her poem is for him.",
    "Well done Samir, taking his first steps without the walking frame.",
    "Bronte is allergic to bees, so no visit to the hives for her.",
    "Thoughts with the Mensah family as Kofi begins radiotherapy.",
    "Year 6's Elin starts at a special school in September.",
    "One of our boys is in a children's home and needs a bike.",
    "Jude has been put on a child in need plan.",
    "Aria's parents are going through a divorce.",
)
NO_CONFIDENCES_2 = (
    "Deaf Awareness Week: Year 2 signed a song.",
    "Elin and Jude won the egg and spoon race.",
    "Our counsellor is in school on Tuesdays.",
    "Samir gave a talk about the Paralympics.",
    "Bronte broke her own record in the long jump.",
    "If your child is poorly, ring us before nine.",
    "The care home sent us a card.",
    "Kofi is our new head boy.",
    "Year 10 studied blood and the heart.",
    "Pupil premium report: see the website.",
    "Mr Howells is leaving us after ten years.",
    "Aria dressed up as a nurse.",
    "Thank you to social enterprise Big Bake for the cakes.",
    "Jude lost his jumper, navy, age 9.",
    "Anti-Bullying Week starts on Monday.",
    "Elin fostered a love of reading in Year 1.",
    "Samir's goal sent the crowd home happy.",
    "All children are welcome at breakfast club.",
    "Bronte is off to university!",
    "Our gate is broken, please use the side one.",
)
SECURITY_2 = (
    "Back gate combination is 5150 from Monday.",
    "Side door code C2580Z, please shut it after you.",
    "The password for the parents' wifi is Robin2026.",
    "Spare keys are in the meter box by the front door.",
    "The burglar alarm isn't working at the moment.",
    "School will be empty all next week, back on the 3rd.",
    "Nobody will be in the building on Sunday.",
    "Year 2 are going to Dyffryn Gardens on Wednesday.",
    "On 3 May our Year 9s travel to Ypres.",
    "Our hockey team is away at Cowbridge on Tuesday.",
    "Tomorrow's trip: Year 1 to Big Pit, coach at 8.45.",
    "The Year 4 sleepover at Storey Arms is on Friday night.",
    "Log in with oakclass and password Acorn33.",
    "The fence behind the field has a gap, please mind it.",
    "Our site manager is on holiday until the 20th.",
    "The swimming group will be at Maindy Pool every Thursday at ten.",
)
NO_SECURITY_2 = (
    "Code breakers: Year 6 cracked the Caesar cipher.",
    "Year 2 loved Dyffryn Gardens.",
    "The gate opens at 8.40.",
    "Lost: one key ring with a teddy.",
    "Nobody does it like Year 5!",
    "Our school is full to bursting for the fair.",
    "PE is on Wednesday for Year 3.",
    "Forgotten your password? Ask the office.",
    "Parents' evening: book by Friday.",
    "The alarm in our play was a saucepan.",
    "School reopens on 4 September.",
    "Year 11 results day is on 21 August.",
    "Dress code for prom: smart.",
    "Welcome to our new site manager!",
    "The key stage 3 disco is on Friday in the hall.",
    "The Year 6 leavers' service is on 17 July in the hall.",
)
SETS = {
    ("confidence", "first"): (CONFIDENCES, NO_CONFIDENCES),
    ("confidence", "second"): (CONFIDENCES_2, NO_CONFIDENCES_2),
    ("security", "first"): (SECURITY, NO_SECURITY),
    ("security", "second"): (SECURITY_2, NO_SECURITY_2),
}
# How many of those of the family, then of none, were listed and left to a person.
FIRST_READ = {
    ("confidence", "first"): ((15, 1), (2, 0)),
    ("confidence", "second"): ((12, 0), (0, 0)),
    ("security", "first"): ((15, 2), (0, 0)),
    ("security", "second"): ((11, 0), (0, 0)),
}


@pytest.mark.parametrize("named", SETS)
def test_no_set_is_told_worse_than_when_it_was_first_read(named: tuple[str, str]) -> None:
    (there, none), (found, wrong) = SETS[named], FIRST_READ[named]

    assert _counted(named[0], there) >= found
    assert _counted(named[0], none) <= wrong


def test_the_page_gives_the_figures_of_the_first_readings() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for (family, which), (found, wrong) in FIRST_READ.items():
        there, none = SETS[family, which]
        row = f"| {family} | {which} | {len(there)} | {found[0]} | {found[1]} | {len(none)} | {wrong[0]} | {wrong[1]} |"
        assert row in page


def _counted(family: str, texts: tuple[str, ...]) -> tuple[int, int]:
    """Return how many of the texts are listed for a family, and how many are left to a person."""
    readings = read_texts(texts, "post", pupils=PUPILS)
    told = [one.is_listed for families in readings for one in families if one.family == family]
    return told.count(True), told.count(False)
