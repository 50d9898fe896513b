"""Party politics, promotion of a faith, advertising and private posts are found; school life like them is not."""

import pytest

from engines.words.official_posts import partisan_or_personal


def found(text: str) -> set[str]:
    return {one.kind for one in partisan_or_personal(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vote Labour on Thursday", "partisan"),
        ("#VoteConservative", "partisan"),
        ("Please vote for the Liberal Democrats", "partisan"),
        ("Our candidate for Plaid Cymru is at the gate", "partisan"),
        ("The Tories have failed our schools", "partisan"),
        ("Sign up as a member of the Green Party today", "partisan"),
        ("Give your life to Jesus and be saved", "religious"),
        ("Turn to Allah before it is too late", "religious"),
        ("Use my code VALE20 for 20% off", "commercial"),
        ("Order yours from SoleStation today, limited stock", "commercial"),
        ("#ad These are wonderful", "commercial"),
        ("Affiliate links below", "commercial"),
        ("Happy anniversary to my husband", "personal"),
        ("My holiday starts tomorrow, cases packed", "personal"),
        ("Date night with the hubby", "personal"),
    ],
)
def test_what_does_not_belong_on_an_official_account_is_found(text: str, kind: str) -> None:
    assert found(text) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "vote for our school council",
        "Vote for your school council reps before 3pm",
        "Polling station: school closed",
        "Year 9 history: how the Labour Party was founded and who voted for it",
        "It was a labour of love",
        "The green team won sports day, vote for the best photo",
        "Conservation club planted trees",
        "Our Year 6 leavers' party",
        "Carol concert at St Mary's, all welcome",
        "Eid Mubarak to all our families",
        "Year 8 learned what Christians believe about the resurrection",
        "Thank god it's Friday",
        "Bake sale at break, cakes 50p",
        "The uniform shop is open, blazers \u00a328",
        "PTA raffle tickets, \u00a31 a strip",
        "Maths: a coat is \u00a360 with 25% off, how much is it?",
        "'My holiday' \u2013 Year 2 wrote about theirs",
        '"My husband Macbeth" said our Lady M in class',
        "Happy anniversary to our library",
        "",
    ],
)
def test_school_life_is_not(text: str) -> None:
    assert found(text) == set()


def test_a_quoted_slogan_is_not_the_schools_own() -> None:
    assert found('The posters of 1945 said "Vote Labour now" in red') == set()


def test_a_school_may_add_a_party_of_its_town() -> None:
    text = "Vote for the Ousterly First candidate"

    assert found(text) == set()
    assert {one.kind for one in partisan_or_personal(text, extra={"party": ["ousterly first"]})} == {"partisan"}
