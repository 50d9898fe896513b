"""Which words around what is found condemn, forbid or report it, or give it to another's mouth."""

import re
from dataclasses import replace

from engines.text.normalised import NormalisedText, Span
from engines.words.model import Sign
from engines.words.rules.backing import is_backed
from engines.words.rules.rule_lists import ANEW, any_of

_FIRST_PERSON = re.compile(r"(?:i|we)(?:'?ll|'?m|'?re|'?d|m?ma)?(?!\w)")
_ANNOUNCED = re.compile(r"(?<!\w)(?:i|we)\S*\s+(?:going\s+to|gonna|gunna|will|about\s+to)\s+\Z")
_BREAK = re.compile(r"(?:[,;-]|(?<!\w)(?:but|and|or|so|then))\s*\Z")
_REACH = 100


class Guards:
    """Which words condemn, forbid or report what is found; each sentence is asked once, however much is found in it."""

    def __init__(self, normalised: NormalisedText) -> None:
        self._text = normalised
        self._guards: dict[int, list[list[Span]]] = {}
        self._backed: dict[tuple[int, str], bool] = {}
        self._reported: dict[int, bool] = {}

    def heard(self, sign: Sign, *, is_whole: bool = False) -> Sign | None:
        """Return what was found, as not sure where the words that guard it may guard something else; or nothing.

        Nothing of what stands behind such words, beside words for all of it, or in quotation marks; but what the writer
        backs is never sure to be nothing, nor sure to be his or hers where another may have said it. Of what
        `is_whole` (that a group should not be here), such words within it are a part.
        """
        start, end = self._text.position(sign.span[0]), self._text.position(sign.span[1] - 1) + 1
        begins, ends = self._text.sentence(start)
        excused = replace(sign, is_sure=False) if self._is_backed(begins, sign.what) else None
        if self._text.is_quoted(start, end):
            return excused
        if sign.what == "threat" and self._is_the_writers_own(start, begins):
            return replace(sign, is_sure=sign.is_sure and not self._is_reported(begins, ends))
        if begins not in self._guards:
            self._guards[begins] = [
                [guard.span() for guard in any_of("guards", name).finditer(self._text.text, begins, ends)]
                for name in ("before", "anywhere", "voices")
            ]
        before, anywhere, voices = self._guards[begins]
        guards = [guard for guard in before if guard[1] <= (start if is_whole else end)]
        near = guards if sign.what == "threat" else [*guards, *anywhere]  # a threat is doubted for such words elsewhere
        if any(not self._is_apart(guard, (start, end)) for guard in near):
            return excused
        is_anothers = (
            sign.what in ("hate", "slur")
            and excused is None
            and any(voice[1] <= end and not self._is_apart(voice, (start, end)) for voice in voices)
        )
        return replace(sign, is_sure=False) if guards or anywhere or is_anothers else sign

    def _is_backed(self, begins: int, what: str) -> bool:
        if (begins, what) not in self._backed:
            self._backed[begins, what] = is_backed(self._text, begins, what)
        return self._backed[begins, what]

    def _is_reported(self, begins: int, ends: int) -> bool:
        if begins not in self._reported:
            without_dares = any_of("guards", "dares").sub(" ", self._text.text[begins:ends])
            self._reported[begins] = any_of("guards", "reports").search(without_dares) is not None
        return self._reported[begins]

    def _is_the_writers_own(self, start: int, begins: int) -> bool:
        """Say whether these words begin anew in the first person after what else the sentence says."""
        if announced := _ANNOUNCED.search(self._text.text, max(begins, start - _REACH), start):
            start = announced.start()
        before = self._text.text[max(begins, start - _REACH) : start]
        return bool(_FIRST_PERSON.match(self._text.text, start) and _BREAK.search(before))

    def _is_apart(self, guard: Span, said: Span) -> bool:
        """Say whether the sentence begins anew between the two."""
        first, second = sorted((guard, said))
        return bool(ANEW.search(self._text.text, first[1], max(first[1], second[0])))
