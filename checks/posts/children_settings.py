"""Each video's settings that protect children should be as the school's policy asks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.drill import planted
from checks.model import Check, CheckError, from_sql

_WORDS = {
    "made_for_kids": {"yes", "no", "any"},
    "comments": {"on", "off", "any"},
    "embedding": {"on", "off", "any"},
}
_VISIBILITIES = {"public", "unlisted", "private"}
_ask = from_sql("checks.posts", "children_settings")


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    for name, words in _WORDS.items():
        if parameters[name] not in words:
            raise CheckError(f"children_settings wants {name} to be one of: {', '.join(sorted(words))}.")
    if not set(parameters["visibility"]) <= _VISIBILITIES:
        raise CheckError(f"children_settings wants visibility to hold only: {', '.join(sorted(_VISIBILITIES))}.")
    return _ask(db, as_of, parameters)


CHECK = Check(
    id="children_settings",
    title="Each video's made-for-kids, comments, embedding and visibility are as the policy asks",
    why="Open comments under a video of children draw strangers to it, embedding carries it to places that the school "
    "does not know, and made-for-kids decides what YouTube may collect about those who watch.",
    sources=("youtube",),
    sight="core.post_sight",
    sees="For each video that is public or unlisted: whether YouTube treats it as made for kids, whether people may "
    "comment, whether other sites may show it, and who may find it. The policy's pack says which of these it asks "
    "for; a setting that it asks for and YouTube does not tell is listed as not said.",
    cannot_see="Private videos; why a setting is as it is: YouTube takes comments off a video made for kids by itself; "
    "comments that are held back until somebody looks at them, which count as on.",
    next_step="Open the video in YouTube Studio and set what is listed as the policy asks; if the video was approved "
    "with another setting, write that into the policy's pack.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not make a private video public to try a setting out.",
    subject_kind="post",
    concerns="post",
    judge=_judge,
    defaults={
        "made_for_kids": "any",
        "comments": "any",
        "embedding": "any",
        "visibility": ["public", "unlisted", "private"],
    },
    telling=("settings", "not_said"),
    plant=planted("checks.posts", "children_settings"),
    planted_subject="drill-children-settings",
)
