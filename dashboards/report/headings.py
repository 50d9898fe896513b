"""What the report says of the headings of the registers' files; a heading is the school's own word."""

from collections.abc import Sequence

from dashboards.report.upkeep import RegisterColumn


def is_doubtful(one: RegisterColumn) -> bool:
    """Say whether a heading is likely to be a column that nobody recognised, or one that school.toml maps is gone."""
    return one.nearest is not None or (one.state == "missing" and one.heading is not None)


def in_words(one: RegisterColumn) -> str:
    """Return what became of one heading, in a sentence."""
    if one.nearest:
        return f"{one.heading}: did you mean {one.nearest}?"
    if one.state == "missing":
        return f"school.toml maps {one.heading} to {one.column_name}, and the file does not have it."
    return f"Not read; {one.column_name} is read from another." if one.column_name else "Not read."


def lines(columns: Sequence[RegisterColumn]) -> list[list[str]]:
    """Return the rows of a table: register, heading, what became of it; what is simply not there is one row."""
    rows = []
    for register in dict.fromkeys(one.register for one in columns):
        here = [one for one in columns if one.register == register and one.state != "recognised"]
        told = [one for one in here if one.heading is not None]
        rows += [[register, one.heading or "", in_words(one)] for one in told]
        if absent := [one.column_name or "" for one in here if one.heading is None]:
            rows.append([register, "\N{EN DASH}", _absent(absent)])
    return rows


def _absent(names: Sequence[str]) -> str:
    made = " Each person has an id made of name and role." if "person_id" in names else ""
    return f"Not there: {', '.join(names)}.{made}"
