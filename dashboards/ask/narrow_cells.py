"""Cuts a text for a narrow cell at a word, with a sign that it goes on."""

CUT = "…"


def narrow(text: str, widest: int) -> str:
    """Return the text in so many characters, cut after the last word that fits, or within one that is too long."""
    if len(text) <= widest:
        return text
    kept = text[: widest - len(CUT)]
    at_a_word = kept if text[len(kept)] == " " else kept.rpartition(" ")[0]
    return f"{(at_a_word if len(at_a_word) > widest // 2 else kept).rstrip()}{CUT}"
