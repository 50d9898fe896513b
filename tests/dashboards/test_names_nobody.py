"""What is kept with a question says why, and never about whom."""

import pytest

from dashboards.ask import AskError
from dashboards.ask.reasons import ensure_names_nobody

NAMES = ("Wren Abercrombie-Zephyr", "Wren Zephyr")
IDS = ("004101", "quiet_otter", "ph-001", "12")
NAMING = (
    "Request about Wren Abercrombie-Zephyr",
    "A request of wren abercrombie zephyr's mother",
    "Wren's father asks",
    "The Zephyr family asks",
    "W\u200bren asks for it",
    "Wr\u00e8n asks",
    "Request of 004101",
    "Request of 4101.",
    "Is @quiet_otter theirs?",
    "Photograph ph-001 again",
)


@pytest.mark.parametrize("text", NAMING)
def test_whoever_is_asked_about_is_not_named_in_the_purpose(text):
    with pytest.raises(AskError, match="names whom it is about") as refused:
        ensure_names_nobody(text, names=NAMES, ids=IDS)

    assert not [word for word in ("Wren", "wren", "4101", "otter", "ph-001") if word in refused.value.sentence]


@pytest.mark.parametrize(
    "text", ["Subject access request 2026-12", "a zephyr of a reason", "Request of 41012", "An otter is quiet"]
)
def test_other_words_are_no_mention(text):
    ensure_names_nobody(text, names=NAMES, ids=IDS)


def test_of_everybody_else_a_whole_name_alone_is_one():
    ensure_names_nobody("Wren asks", everybody=NAMES)
    with pytest.raises(AskError, match="--ground names"):
        ensure_names_nobody("Wren Zephyr asks", everybody=NAMES, option="ground")


def test_a_month_in_somebody_s_name_is_a_month():
    ensure_names_nobody("Asked in June by letter", names=("June Abercrombie",))
