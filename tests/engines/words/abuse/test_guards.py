"""A sentence is asked once which words guard it, however much is found in it."""

from collections import Counter

import pytest

from engines.text.normalised import normalise
from engines.words.abuse import guards
from engines.words.model import Sign
from engines.words.rules.rule_lists import any_of

THREAT = "i'll stab you and "


@pytest.mark.parametrize("what", ["threat", "hate", "slur", "abuse", "allegation"])
def test_a_sentence_is_searched_as_often_for_a_hundred_signs_as_for_two(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: Counter[str] = Counter()
    monkeypatch.setattr(guards, "any_of", lambda name, key: searched.update([key]) or any_of(name, key))

    def searches(times: int) -> Counter[str]:
        searched.clear()
        asked = guards.Guards(normalise("so " + THREAT * times))
        for number in range(times):
            start = 3 + number * len(THREAT)
            assert asked.heard(Sign("abusive", what, (start, start + len(THREAT) - 5), "Why."))
        return Counter(searched)

    assert searches(2) == searches(100)
    assert searched
