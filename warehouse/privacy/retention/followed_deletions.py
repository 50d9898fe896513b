"""What a platform shows no more is deleted, where its terms set no days and ask for that instead.

Of a post, a comment or an account that is deleted, protected or suspended, ids and days stay, by which a take-down is
proved and nobody is raised twice; what it showed and said goes. What a case that is open rests on stays with the case.
"""

import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import date

import duckdb

from policies.platforms.registry import PLATFORMS
from warehouse.catalogue.identities import is_shown
from warehouse.privacy.retention.rows_on_hold import not_on_hold
from warehouse.store.load import Deleted, counted

CLOCK = "no_longer_shown"

# What the newest run knows to be shown no more, before a day: kind is post, comment, actor, or writer for
# somebody of whom the profile is shown still.
_HIDDEN = """
create or replace temporary table no_longer_shown as
with open_subjects as (
    select exceptions.platform, exceptions.subject_id
    from outcome.exceptions as exceptions
    inner join outcome.exception_states as states using (run_id, fingerprint)
    inner join core.audit on exceptions.run_id = audit.run_id
    where states.is_open
    union all
    -- Open as well is what somebody has challenged, and what a hold is on.
    select platform, subject_id
    from outcome.exceptions
    where rowid in (select row_number from rows_on_hold where table_name = 'outcome.exceptions')
),

needed as (
    select platform, regexp_replace(subject_id, '/picture$', '') as ident
    from open_subjects
    union
    select platform, media.post_id as ident
    from raw.media as media inner join open_subjects using (platform)
    where media.medium_id = open_subjects.subject_id
    union
    -- Of an open case about a comment its writer's name, and of one about an account what that has written.
    select platform, comments.actor_id as ident
    from raw.comments as comments inner join open_subjects using (platform)
    where comments.comment_id = open_subjects.subject_id
    union
    select platform, comments.comment_id as ident
    from raw.comments as comments inner join open_subjects using (platform)
    where comments.actor_id = open_subjects.subject_id
),

ended as (
    select
        if(members.listing = 'posts', 'post', 'comment') as kind,
        members.platform,
        members.member_id
    from core.members as members
    cross join core.audit
    where
        members.listing in ('posts', 'comments', 'mentions')
        and (members.ended_on < $before or (members.answer in ('suspended', 'hidden') and audit.as_of < $before))
),

shown_no_more as (
    select distinct ended.kind, ended.platform, coalesce(posts.post_id, ended.member_id) as ident
    from ended
    left join raw.posts as posts
        on ended.kind = 'post' and ended.platform = posts.platform and ended.member_id = posts.first_version_id
    union
    select distinct 'actor' as kind, gone.platform, gone.subject_id as ident
    from raw.unavailable as gone
    inner join core.audit on gone.run_id = audit.run_id
    where
        gone.kind = 'actor'
        and not starts_with(gone.source, gone.platform || '_archive')
        and audit.as_of < $before
    union
    -- Who protects an account shows strangers the profile still, and nothing that it wrote.
    select 'writer' as kind, platform, actor_id as ident
    from core.profiles
    where is_protected and seen_on < $before
    and (platform, actor_id) not in (select platform, account_id from core.official_accounts)
)

select distinct hidden.kind, hidden.platform, hidden.ident
from shown_no_more as hidden
anti join needed using (platform, ident)
where list_contains($platforms, hidden.platform)
"""

_OF = "(platform, {column}) in (select platform, ident from no_longer_shown where kind = '{kind}')"
_POSTS = _OF.format(column="post_id", kind="post")
_COMMENTS = (
    f"({_OF.format(column='comment_id', kind='comment')} "
    "or (platform, actor_id) in (select platform, ident from no_longer_shown where kind in ('actor', 'writer')))"
)
_PICTURES = f"""
delete from raw.medium_files
where (
    (platform, medium_id) in (select platform, medium_id from raw.media where {_POSTS})
    or (platform, medium_id) in (select platform, comment_id || '/picture' from raw.comments where {_COMMENTS})
)
and {not_on_hold("raw.medium_files")}
"""
# Of which rows of a table everything goes that was shown or said. The pictures go first: they are found by the others.
_WHICH = {
    "raw.media": _POSTS,
    "raw.posts": _POSTS,
    "raw.comments": _COMMENTS,
    "raw.profiles": _OF.format(column="account_id", kind="actor"),
}
_TEXTS = """
select column_name, is_nullable from duckdb_columns()
where database_name = current_database() and schema_name || '.' || table_name = ? and starts_with(data_type, 'VARCHAR')
order by column_index
"""

# Of what cases that are not open quote and show, nothing that a stranger wrote or is called stays.
_EVIDENCE = f"""
update outcome.exceptions
set evidence = json_merge_patch(exceptions.evidence, texts.nulls)::varchar
from (
    select check_id, list(distinct label) as labels, json_group_object(label, null) as nulls
    from outcome.check_evidence
    where kind in ('strangers_text', 'public_name')
    group by check_id
) as texts
where
    exceptions.check_id = texts.check_id
    and (exceptions.platform, regexp_replace(exceptions.subject_id, '/picture$', '')) in (
        select platform, ident from no_longer_shown where kind != 'writer'
    )
    and list_has_any(json_keys(exceptions.evidence), texts.labels)
    and {not_on_hold("outcome.exceptions", "exceptions.rowid")}
"""


def follow_deletions(db: duckdb.DuckDBPyConnection, *, before: date) -> Deleted:
    """Delete what was seen before this day to be shown no more; return the rows by table. Joins a transaction."""
    followed = [platform.id for platform in PLATFORMS.values() if platform.keep_days is None]
    db.execute(_HIDDEN, {"before": before, "platforms": followed})
    deleted: Deleted = Counter()
    deleted["raw.medium_files", CLOCK] += counted(db, _PICTURES)
    for table, which in _WHICH.items():
        deleted[table, CLOCK] += counted(db, _emptying(db, table, which))
    deleted["outcome.exceptions", CLOCK] += counted(db, _EVIDENCE)
    if deleted.total():
        hidden = [
            ident
            for (ident,) in db.execute("select distinct ident from no_longer_shown where kind != 'writer'").fetchall()
        ]
        deleted["raw.pages", CLOCK] += _empty_pages(db, hidden)
    db.execute("drop table no_longer_shown")
    return deleted


def _emptying(db: duckdb.DuckDBPyConnection, table: str, which: str) -> str:
    """Return the statement that empties what rows show or say; a text that must be there becomes the empty one."""
    texts = [row for row in db.execute(_TEXTS, [table]).fetchall() if is_shown(table, row[0])]
    changes = ", ".join(f"{column} = " + ("null" if may_be_empty else "''") for column, may_be_empty in texts)
    still = " or ".join(f"coalesce({column}::varchar, '') != ''" for column, _ in texts)
    return f"update {table} set {changes} where {which} and ({still}) and {not_on_hold(table)}"


def _empty_pages(db: duckdb.DuckDBPyConnection, idents: Iterable[str]) -> int:
    """Delete the body of each page that holds one of these ids as a JSON text."""
    wanted = [f'"{ident}"'.encode() for ident in idents]
    bodies = f"select rowid, body from raw.pages where body is not null and {not_on_hold('raw.pages')}"
    rows = db.execute(bodies).fetchall()
    named = [row for row, body in rows if any(map(zlib.decompress(body).__contains__, wanted))]
    sql = "update raw.pages set body = null where list_contains(?::bigint[], rowid)"
    return counted(db, sql, [named]) if named else 0
