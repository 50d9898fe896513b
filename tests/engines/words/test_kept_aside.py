"""How well the families that only rules tell are told in sentences written after their rules, and never tuned on.

The sentences were written once the rules stood and are reported as they were first read: what is wrong stays wrong here
and in docs/words.md. Whoever mends a rule by one of them moves it to the table of test_confidences or test_security.
"""

from pathlib import Path

import pytest

from engines.words import read_texts

PAGE = Path(__file__).parents[3] / "docs" / "words.md"
PUPILS = ("Tegan", "Osian", "Maisie", "Harri", "Yusuf", "Lottie", "Tegan Prosser", "Yusuf Kaya")
# Each with the family that a person would say it is of, or none.
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
TEXTS = {"confidence": (CONFIDENCES, NO_CONFIDENCES), "security": (SECURITY, NO_SECURITY)}
# How many of the sentences of a family, and of those of none, are listed, left to a person, or neither.
FIRST_READ = {"confidence": ((15, 1, 9), (2, 0, 23)), "security": ((15, 2, 5), (0, 0, 22))}


@pytest.mark.parametrize("family", TEXTS)
def test_the_sentences_kept_aside_are_told_as_they_were_first_read(family: str) -> None:
    there, none = TEXTS[family]

    assert (_counted(family, there), _counted(family, none)) == FIRST_READ[family]


def test_the_page_gives_the_figures_of_the_first_reading() -> None:
    for family, (there, none) in FIRST_READ.items():
        row = f"| {family} | {sum(there)} | {there[0]} | {there[1]} | {sum(none)} | {none[0]} | {none[1]} |"
        assert row in PAGE.read_text(encoding="utf-8")


def _counted(family: str, texts: tuple[str, ...]) -> tuple[int, int, int]:
    readings = read_texts(texts, "post", pupils=PUPILS)
    told = [one.is_listed for families in readings for one in families if one.family == family]
    return told.count(True), told.count(False), len(texts) - len(told)
