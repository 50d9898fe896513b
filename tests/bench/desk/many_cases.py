"""A desk's home with thousands of open cases: the invented school's, each of its open cases told again and again."""

import shutil
from pathlib import Path

from demo.town import SCHOOL_ID
from warehouse.store.open import opened

_AGAIN = """
insert into published.exceptions
with newest as (select max(run_id) as run_id from published.runs),
standing as (
    select distinct fingerprint from published.exceptions semi join newest using (run_id) where is_open
),
times as (select unnest(range(1, 1 + ceil($cases / (select count(*) from standing))::integer)) as again)
select exceptions.* replace (
    sha256(fingerprint || ':' || again) as fingerprint,
    subject_id || ':' || again as subject_id,
    replace(evidence, '"photograph_id"', '"photograph"') as evidence
)
from published.exceptions as exceptions semi join standing using (fingerprint) cross join times
"""


def with_cases(made: Path, home: Path, cases: int) -> Path:
    """Copy a demo's home and give its school so many more open cases, in every run that knew them; return the copy."""
    shutil.copytree(made, home)
    school = home / SCHOOL_ID
    key = (home / "keys" / f"{SCHOOL_ID}.key").read_text(encoding="ascii").strip()
    with opened(school / "published.duckdb", key) as db:
        db.execute(_AGAIN, {"cases": cases})
    return home
