"""What makes two headings of a register, two ids and two accounts equal; ids made of these must never change."""

import unicodedata


def heading_key(heading: str) -> str:
    """Return a heading without case, spaces and punctuation, so that `Reg. Group` is `reggroup`."""
    return _alphanumeric(unicodedata.normalize("NFKC", heading).casefold())


def made_id_key(text: str) -> str:
    """Return the letters, digits and semicolons of a text without case; every made id rests on it."""
    return _alphanumeric(unicodedata.normalize("NFKD", text).casefold(), kept=";")


def account_key(account: str) -> str:
    """Return an id or a handle without case and without the `@` before it."""
    return account.strip().removeprefix("@").casefold()


def _alphanumeric(text: str, kept: str = "") -> str:
    return "".join(character for character in text if character.isalnum() or character in kept)
