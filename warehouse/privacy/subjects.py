"""Finds everything that the warehouse holds about one person, account or photograph, in every run.

`subject_patterns` says what counts as naming somebody, `reach` which accounts are tied to a person; the pupils in a
photograph are not part of it. Every column that can hold text is read, so that a new table cannot be forgotten. A row
may be about somebody else and name the subject in one of its columns: the columns say which.
"""

import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

import duckdb

from engines.naming import Names, PersonName, folded_words, is_whole_name, parts_of, spellings_of
from engines.roll_ids import fold_roll_id, folded_in_sql
from policies.errors import UserError
from warehouse.catalogue.identities import tables_owned_by
from warehouse.privacy.ids_in_texts import plain
from warehouse.privacy.reach import Account, Decided, accounts_of, led_to
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher

__all__ = ["Subject", "SubjectError", "columns_with_text", "resolve", "rows_naming"]

_AT_ONCE = 10_000
# Numbers, days and flags name nobody; every other type is read.
_SILENT = ("BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP", "DECIMAL", "HUGEINT", "TIME")

_PERSON = f"""
select distinct trim(person_id), full_name, given_names, surname, known_as, other_names, run_id
from raw.people where {folded_in_sql("person_id")} = ?
"""
_OTHERS = f"""
select distinct full_name, given_names, surname, known_as, other_names
from raw.people where {folded_in_sql("person_id")} != ?
"""
_ALIKE = "Two people of the registers have ids that only zeros or capitals tell apart. Name each account: --actor."
_KNOWN = " union all ".join(
    f"select 1 from {table} where platform = $platform and {column} = $id"
    for table, column in tables_owned_by("account", "raw", "outcome")
)
_BY_HANDLE = "select distinct account_id from raw.profiles where platform = ? and lower(ltrim(handle, '@')) = ?"


class SubjectError(UserError):
    """Nobody is meant, or several may be; one sentence that quotes nothing of the registers."""


def resolve(
    db: duckdb.DuckDBPyConnection,
    decided: Decided,
    *,
    person: str | None = None,
    actor: tuple[str, str] | None = None,
    photograph: str | None = None,
) -> Subject:
    """Return who is meant by one of a roll id, a platform with an id or @handle, or a photograph's id.

    A person has the accounts that are theirs for certain, by what was `decided`, and the ties of all. Raises
    SubjectError where nobody is found, or a handle was borne by several accounts.
    """
    if person is not None:
        found = person_alone(db, person.strip(), decided)
        return with_accounts(db, found, (tie.account for tie in found.ties if tie.is_certain))
    if actor is not None:
        return _account(db, *actor)
    if photograph is None:
        raise SubjectError("Say who is meant: a person, an account or a photograph.")
    if not db.execute("select 1 from raw.photographs where photograph_id = ? limit 1", [photograph]).fetchall():
        raise SubjectError("No run has read a photograph of this id. Look it up in the photographs register.")
    shown = led_to(db, "photograph", "written", photograph)
    files = (led_to(db, "written", "file", str(medium)) for (medium,) in shown)
    hashes = frozenset(sha for (sha,) in led_to(db, "photograph", "file", photograph).union(*files) if sha)
    return Subject(photograph_ids=frozenset({photograph}), hashes=hashes)


def rows_naming(
    db: duckdb.DuckDBPyConnection, subject: Subject, *, only: Collection[str] | None = None
) -> dict[str, dict[int, frozenset[str]]]:
    """Return per table (`schema.table`) the rowid of each row that names the subject, and in which columns.

    `only` names tables to which the search is limited.
    """
    matcher, found = SubjectMatcher(subject), dict[str, dict[int, frozenset[str]]]()
    for table, columns in columns_with_text(db).items():
        if only is not None and table not in only:
            continue
        rows = dict[int, frozenset[str]]()
        for row, column in _naming(db, table, columns, matcher):
            rows[row] = rows.get(row, frozenset()) | {column}
        if rows:
            found[table] = rows
    return found


def columns_with_text(db: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Return, for every table of the open database, the columns that can hold text or bytes, with their types."""
    rows = db.execute(
        "select columns.schema_name || '.' || columns.table_name, columns.column_name, columns.data_type "
        "from duckdb_columns() as columns inner join duckdb_tables() as tables "
        "using (database_name, schema_name, table_name) "
        "where columns.database_name = current_database() order by all"
    ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        if not (kind.startswith(_SILENT) and "VARCHAR" not in kind):
            tables.setdefault(table, {})[column] = kind
    return tables


def _naming(
    db: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], matcher: SubjectMatcher
) -> Iterator[tuple[int, str]]:
    platform = "platform" if "platform" in columns else "null"
    for column, kind in columns.items():
        is_blob = kind == "BLOB"
        which = f'"{column}" is not null' if is_blob else f'regexp_matches(cast("{column}" as varchar), $pattern)'
        sql = f'select rowid, {platform}, "{column}" from {table} where {which}'
        result = db.execute(sql, None if is_blob else {"pattern": matcher.sql_pattern})
        while rows := result.fetchmany(100 if is_blob else _AT_ONCE):
            for row, of, value in rows:
                said = unpacked(table, value) if is_blob else value
                may_name = not is_blob or isinstance(said, bytes) or matcher.may_be_in(said)
                if may_name and matcher.names(said, column, of):
                    yield row, column


def unpacked(table: str, body: bytes) -> str | bytes:
    """Return the text of a page's body; the bytes of any other."""
    return zlib.decompress(body).decode("utf-8", "replace") if table == "raw.pages" else body


def person_alone(db: duckdb.DuckDBPyConnection, person: str, decided: Decided) -> Subject:
    """Return the person of this roll id with the ties of their accounts, and without the accounts; SubjectError."""
    folded = fold_roll_id(person)
    rows = db.execute(_PERSON, [folded]).fetchall()
    ties = accounts_of(db, person, decided)
    if not rows and not ties:
        raise SubjectError("No run has read this person in a register. Look the id up in the school's registers.")
    if len({(row[6], row[0]) for row in rows}) > len({row[6] for row in rows}):
        raise SubjectError(_ALIKE)
    own = [PersonName(*row[1:6]) for row in rows]
    names = {form for name in own for form in (*name.forms, *name.shortened) if is_whole_name(form)}
    others = [PersonName(*row) for row in db.execute(_OTHERS, [folded]).fetchall()]
    everybody_else = Names.of(("", name) for name in others)
    shared = frozenset(filter(everybody_else.bears, names))
    return Subject(
        person_ids=frozenset(row[0] for row in rows) or frozenset({person}),  # whose copies of the register are over
        names=frozenset(names - shared),
        own_words=_own_words(names, (form for name in others for form in name.forms)),
        shared_names=len(shared),
        ties=ties,
    )


def _own_words(names: Collection[str], others: Iterable[str]) -> frozenset[str]:
    """Return the words of somebody's names, and the parts of joined ones, that are nobody else's."""
    taken = frozenset[str]().union(*map(folded_words, others))
    words = {part.casefold() for name in names for part in parts_of(name)}
    return frozenset(word for word in words if taken.isdisjoint(each.letters for each in spellings_of(word)))


def of_account(db: duckdb.DuckDBPyConnection, platform: str, actor_id: str) -> Subject:
    """Return the account of this id as the subject, whether or not a run has seen it."""
    return with_accounts(db, Subject(), [(platform, actor_id)])


def _account(db: duckdb.DuckDBPyConnection, platform: str, wanted: str) -> Subject:
    if not wanted.startswith("@") and db.execute(_KNOWN, {"platform": platform, "id": wanted}).fetchall():
        return with_accounts(db, Subject(), [(platform, wanted)])
    ids = db.execute(_BY_HANDLE, [platform, wanted.lstrip("@").casefold()]).fetchall()
    if not ids:
        raise SubjectError(f"No run has seen this account on {platform}. Give its id as a report shows it.")
    if len(ids) > 1:
        raise SubjectError(f"{len(ids)} accounts on {platform} have borne this handle. Give the id of the one meant.")
    return with_accounts(db, Subject(), [(platform, ids[0][0])])


def with_accounts(db: duckdb.DuckDBPyConnection, found: Subject, accounts: Iterable[Account]) -> Subject:
    """Return the subject with these accounts, their handles and full names of all runs, and what they wrote."""
    links = sorted(accounts)
    profiles = [row for link in links for row in led_to(db, "account", "name", link[1], link[0])]
    handles = {plain(handle).lstrip("@") for handle, _ in profiles if handle and handle.strip("@ ")}
    names = {" ".join(shown.split()) for _, shown in profiles if shown and is_whole_name(shown)}
    written = {
        (platform, ident)
        for platform, actor in links
        for (ident,) in led_to(db, "account", "written", actor, platform)
        if ident is not None
    }
    return replace(
        found,
        actors=found.actors | set(links),
        handles=found.handles | handles,
        names=found.names | names,
        written=found.written | written,
    )
