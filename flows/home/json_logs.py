"""What the program logs, as lines of JSON for whoever collects a container's output: AUDIT_LOG=json.

A line has the school and the run that it is about. What a library says may quote somebody, and is left out but for its
name and level; of an error stands its kind, and never its words.
"""

import json
import logging
import os
from datetime import UTC, datetime
from typing import IO

from flows.home.settings import ConfigurationError

_OURS = frozenset({"checks", "connectors", "dashboards", "engines", "flows", "policies", "warehouse"})
_WITHHELD = "A library said something that may name somebody. It is withheld here."
_about: dict[str, str | None] = {"school": None, "run": None}  # a process works on one school at a time


def note_subject(school: str | None, run: str | None = None) -> None:
    """Say of which school and run every line is from here on."""
    _about.update(school=school, run=run)


def is_json_asked() -> bool:
    """Say whether lines of JSON are asked for; ConfigurationError for a word that AUDIT_LOG does not know."""
    asked = os.environ.get("AUDIT_LOG") or "text"
    if asked not in ("json", "text"):
        raise ConfigurationError("AUDIT_LOG takes json or text. Set it to one of these.")
    return asked == "json"


def log_json(stream: IO[str] | None = None) -> None:
    """From here on write what is logged as lines of JSON, to stderr or to this stream, and nothing in another form."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for room in _OURS:
        logging.getLogger(room).setLevel(logging.INFO)


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        is_ours = record.name.partition(".")[0] in _OURS
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **_about,
            "message": record.getMessage() if is_ours else _WITHHELD,
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line | getattr(record, "measured", {}), ensure_ascii=False)
