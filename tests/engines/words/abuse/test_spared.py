"""Names of people, titles of works and terms of science and trades are no slurs; slurs said of people are."""

import pytest

from engines.words.abuse.spared import spared
from engines.words.signs import signs_of

HARMLESS = [
    "Mr Van Dyke's class sang beautifully",
    "Kike Arriaga scored twice",
    "Dr Coon opened the library",
    "The tranny van broke down on the way",
    "Dago Red is the play by Year 11 drama",
    "retarded growth in the seedlings kept in the dark",
    "The drug retards the growth of the bacteria, as 10B found",
    "Homo sapiens and Homo erectus in Year 8 science",
    "negro spirituals sung by the chamber choir",
    "our hooker threw straight at every line-out",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_slur_is_put_aside_and_every_place_stays(text: str) -> None:
    assert signs_of(text, "post").keys() & {"slur", "abuse", "hate"} == set()
    assert len(spared(text)) == len(text)


@pytest.mark.parametrize("text", ["you dirty kike", "Filthy Kike Scum", "what a tranny", "retarded moron", "You Coon"])
def test_a_slur_said_of_somebody_is_still_told(text: str) -> None:
    assert "slur" in signs_of(text, "comment")


def test_a_listed_name_alone_is_no_slur_and_may_still_be_abused() -> None:
    assert "slur" in signs_of("Well played Coon!", "comment")
    assert "slur" not in signs_of("Well played Coon!", "comment", names=["Ann Coon"])
    assert "abuse" in signs_of("Ann Coon is a useless clown", "comment", names=["Ann Coon"])


@pytest.mark.parametrize(
    "text", ["she's got great tits for year 11", "that fat cow is happy now", "the bitch and her mum", "Dick Head"]
)
def test_a_remark_about_somebody_is_not_put_aside_as_a_bird_or_a_beast(text: str) -> None:
    assert spared(text) == text
