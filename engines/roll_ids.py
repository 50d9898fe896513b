"""Roll ids as people write them: the same id may stand in capitals, with blanks around it, or with zeros before it."""

ERASED_ID = "[erased]"  # stands in the place of the roll id of somebody who was erased


def fold_roll_id(roll_id: str) -> str:
    """Return the form in which two spellings of a roll id are equal: `P002` and ` p002`, `001` and `1`.

    Only a number may have zeros before it: `A7` and `0A7` are two ids.
    """
    bare = roll_id.strip().casefold()
    return (bare.lstrip("0") or "0") if bare.isdecimal() else bare


def folded_in_sql(column: str) -> str:
    """Return the SQL expression (DuckDB) of the same form of a column."""
    bare = f"lower(trim({column}))"
    number = f"coalesce(nullif(ltrim({bare}, '0'), ''), '0')"
    return f"case when regexp_full_match({bare}, '[0-9]+') then {number} else {bare} end"
