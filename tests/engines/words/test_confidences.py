"""What a pupil's family tells the school in confidence is found where a post tells it of one child, and not else."""

import pytest

from engines.words.confidences import confidences

PUPILS = ("Si\u00e2n", "Rowena", "Rowena Tregarrow", "Chidi", "Ffion")


def found(text: str, pupils: tuple[str, ...] = PUPILS) -> dict[str, bool]:
    """Return what the text tells, and whether that is sure."""
    return {sign.what: sign.is_sure for sign in confidences(text, pupils=pupils)}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("So proud of Chidi, who was diagnosed with autism last month.", "needs"),
        ("Rowena has dyslexia and has just finished her first chapter book!", "needs"),
        ("Our Year 4 pupil with ADHD sat through the whole concert.", "needs"),
        ("One of our pupils is autistic and won the chess cup.", "needs"),
        ("Ffion's EHCP meeting went well today.", "needs"),
        ("Ben in Year 3 now sees the educational psychologist every week.", "needs"),
        ("Thinking of Rowena, who is in hospital again.", "health"),
        ("Chidi takes medication for his epilepsy and still ran the mile.", "health"),
        ("Little Alfie is recovering from leukaemia.", "health"),
        ("A Year 9 girl has been self-harming; we are all worried.", "health"),
        ("Ffion broke her arm at the park on Sunday. Get well soon!", "health"),
        ("Welcome to Kai in Year 2, who is in foster care with a lovely family.", "care"),
        ("Our boy in Reception was adopted this week.", "care"),
        ("Rowena's social worker came to watch her play.", "care"),
        ("Chidi has been excluded for three days.", "exclusion"),
        ("Jack in Year 10 was suspended for vaping.", "exclusion"),
        ("A pupil is back from his suspension and doing better.", "exclusion"),
        ("Rowena's parents have separated, so be kind to her.", "home"),
        ("Ffion lost her dad in the summer and still came top.", "home"),
        ("Chidi is a young carer and our star of the week.", "home"),
        ("One of our Year 5 girls is living in a hostel.", "home"),
        ("Rowena is on free school meals and got a place on the trip.", "money"),
        ("Chidi's mum cannot afford the residential, so we paid.", "money"),
        ("Ffion is on a child protection plan.", "safeguarding"),
        ("We made a safeguarding referral about a Year 6 boy.", "safeguarding"),
        ("Well done Si\u00e2n for her solo. She has cystic fibrosis and never stops.", "health"),
    ],
)
def test_what_a_post_tells_of_one_child_is_sure(text: str, what: str) -> None:
    assert found(text).get(what) is True


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Thinking of Kian and his family as he starts chemo.", "health"),
        ("Well done Priya, who has autism, on your first goal.", "needs"),
        ("Mrs Orlebar is proud of Chidi, who has asthma.", "health"),
        ("She is in foster care and this was her first concert.", "care"),
        ("Chidi played the part of a boy in foster care in the school play about families.", "care"),
        ("Rowena led the assembly on autism and told us about her diagnosis.", "health"),
    ],
)
def test_of_whom_nobody_can_be_sure_a_person_should_read(text: str, what: str) -> None:
    assert found(text)[what] is False
    assert not any(found(text).values())


@pytest.mark.parametrize(
    "text",
    [
        "Autism Awareness Week assembly on Tuesday",
        "Our SEND coffee morning for all parents is on Friday.",
        "Year 4 sang at the care home visit this morning.",
        "There is an exclusion zone around the building site.",
        "If your child has asthma, please send an inhaler to the office.",
        "Free school meals: apply by Friday, forms at reception.",
        "We support pupils with autism through our resource base.",
        "Parents of children with dyslexia are invited to a workshop.",
        "Mrs Orlebar is in hospital.",
        "Rowena raised \u00a3200 for Cancer Research.",
        "Our safeguarding lead is Mr Pwllgarn.",
        "Child protection training for all staff on Monday.",
        "Fire exits: do not be excluded from the draw, buy a ticket.",
        "Ffion designed a suspension bridge out of straws.",
        "Year 6 learned about refugees for Refugee Week.",
        "The food bank collection starts on Monday.",
        "Year 2 adopted a snow leopard.",
        "Rowena and Chidi have painted the bus shelter.",
        "Si\u00e2n takes care of the school garden.",
        "Every pupil has a login for the reading scheme.",
        "Headteacher's award: Chidi, for kindness.",
        "Our choir visited the hospital to sing carols.",
        "No child was excluded from our clubs this year.",
        "School is closed: the boiler is poorly.",
        "",
    ],
)
def test_what_is_said_of_a_matter_or_to_every_family_is_not(text: str) -> None:
    assert found(text) == {}


def test_a_name_of_the_register_is_known_where_no_other_word_tells() -> None:
    text = "Sorrel has asthma."

    assert found(text, ("Sorrel",)) == {"health": True}
    assert found(text, ()) == {"health": False}
