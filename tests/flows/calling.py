"""Drives the real entry point in this process: the exit code, and what was said on stdout and stderr."""

import contextlib
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from flows.commands.app import app
from flows.home.exit_codes import ended


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@contextlib.contextmanager
def environment(**values: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            *("AUDIT_HOME", "AUDIT_KEY", "AUDIT_CASEBOOK_KEY", "CASEBOOK_URL"),
            *("AUDIT_X_URL", "AUDIT_YOUTUBE_URL", "AUDIT_MEDIA_URL"),
        ):
            patch.delenv(name, raising=False)
        for name, value in values.items():
            patch.setenv(name, value)
        yield


def audit(*words: str, **values: str) -> Answer:
    """Run `audit WORDS` with these environment variables."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    handlers = logging.getLogger().handlers[:]
    with environment(**values), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = ended(lambda: app(list(words), standalone_mode=False), is_debug="--debug" in words)
    logging.getLogger().handlers[:] = handlers
    return Answer(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))  # type: ignore[attr-defined]


def published(context: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a run published, but for times and costs."""
    from warehouse.store.open import opened

    tables = {
        "exceptions": "check_id, account_id, subject_id, status, reason, evidence, first_seen, last_seen, due_on",
        "coverage": "check_id, verdict, platform_count, fetched, judged, why",
        "followers": "platform, account_id, actor_id, handle, display_name, first_seen, last_seen, ended_on",
        "posts": "platform, account_id, post_id, text, first_seen, removed_at",
        "pictures": "platform, post_id, medium_id, sha256, verdict, approved_photograph",
        "comments": "platform, account_id, comment_id, actor_id, text",
    }
    with opened(context.places.published, context.key, read_only=True) as db:
        return {
            name: sorted(db.execute(f"select {columns} from published.{name}").fetchall(), key=str)
            for name, columns in tables.items()
        }
