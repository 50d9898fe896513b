"""The quick look lets every page through that names the subject, however it is written."""

import pytest

from warehouse.subject_patterns import Recogniser, Subject
from warehouse.subject_prefilter import may_name

SUBJECT = Subject(
    actors=frozenset({("x", "777001")}),
    person_ids=frozenset({"004103"}),
    handles=frozenset({"zoe_m"}),
    names=frozenset({"zoë marsh"}),
)


@pytest.mark.parametrize(
    ("said", "may"),
    [('{"id": "777001"}', True), ('{"username": "Zoe_M"}', True), ('{"name": "Zo\\u00eb Marsh"}', True),
     ("Zoë\\nMARSH", True), ('{"roll_id": "4103"}', True), ('{"name": "Somebody Else"}', False), (b"bytes", True)],
)  # fmt: skip
def test_a_page_that_names_the_subject_is_read(said, may):
    assert may_name(SUBJECT, said) is may
    assert may or not Recogniser(SUBJECT).names(said, "body")
