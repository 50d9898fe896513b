"""Which approvals count for each master: those of the register, and what was taken back of pictures that left it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

import duckdb

from engines.pictures.duplicate_approvals import taken_back, with_withdrawals_of_duplicates
from engines.pictures.features.descriptors import PictureFeatures
from engines.pictures.verdicts.approvals import Approval
from engines.pictures.verdicts.channel_verdicts import Approvals, Day
from flows.home.context import Context
from flows.pictures.masters import MasterFile
from flows.pictures.scan import Looker
from warehouse.runs import match_store, run_memory


def taken_back_before(
    context: Context, db: duckdb.DuckDBPyConnection, files: Sequence[MasterFile], day: Day
) -> list[MasterFile]:
    """Return the files that earlier runs read of photographs whose consent is taken back, whatever became of the row.

    The row may be deleted, name another file, or the file have been replaced: what was posted is what was withdrawn.
    It counts until the same picture is approved anew, on a later day; of a photograph that is approved anew in another
    file it counts for the old file alone.
    """
    held = {(file.photograph_id, file.sha256) for file in files}
    rows = {row["photograph_id"]: row for row in match_store.photographs(db)}
    renewed = defaultdict[str | None, list[date]](list)
    for file in _approved(files, day):
        renewed[file.sha256].append(file.row["approved_on"])
    return [
        MasterFile(
            {**row, **asdict(part)}, context.places.photographs / row["file_name"], row["sha256"], is_there=False
        )
        for row in run_memory.earlier_masters(db)
        if (row["photograph_id"], row["sha256"]) not in held
        and not any(approved_on > row["as_of"] for approved_on in renewed[row["sha256"]])
        for each in (row, rows.get(row["photograph_id"]))
        if each and (part := taken_back(Approval.of(each), day))
    ]


def approvals_by_master(looker: Looker, files: Sequence[MasterFile], day: Day) -> Approvals:
    """Return the approvals by master, and with each what was taken back of the same photograph in another file."""
    own: defaultdict[str, list[Approval]] = defaultdict(list)
    for file in files:
        approval = Approval.of(file.row, is_changed=is_changed(looker, file))
        for master in _masters(looker, file):
            own[master].append(approval)
        for master in looker.ids_of(file.found) if file.found else ():
            other = replace(approval, consent=None, objection=None, pupil_ids=None)
            own[master].append(other if approval.is_changed else approval)
    features = {name: PictureFeatures.from_bytes(body) for every in looker.features.values() for name, body in every}
    return with_withdrawals_of_duplicates(own, features, day, _renewed(looker, files, day))


def _renewed(looker: Looker, files: Sequence[MasterFile], day: Day) -> set[tuple[str, str, str]]:
    """Return the masters of each file in which a photograph was approved after the day it was last taken back on.

    Each is with a master of the file that it was taken back in, and the photograph's id.
    """
    before = defaultdict[str, list[MasterFile]](list)
    for file in files:
        if "as_of" in file.row:
            before[file.photograph_id].append(file)
    return {
        (master, other, file.photograph_id)
        for file in _approved(files, day)
        if file.is_there
        for old in before[file.photograph_id]
        if file.row["approved_on"] > old.row["as_of"]
        for master in _masters(looker, file)
        for other in _masters(looker, old)
    }


def _approved(files: Sequence[MasterFile], day: Day) -> list[MasterFile]:
    return [file for file in files if file.row["approved_on"] and not taken_back(Approval.of(file.row), day)]


def _masters(looker: Looker, file: MasterFile) -> Sequence[str]:
    return (looker.ids_of(file.sha256) or [file.sha256]) if file.sha256 else ()


def is_changed(looker: Looker, file: MasterFile) -> bool:
    """Say whether another picture lies there: the same one without its place, say, has other bytes and is the same."""
    if file.found is None or not looker.ids_of(file.found) or file.sha256 is None:
        return file.found is not None
    now, then = ([body for _, body in looker.features.get(sha256, ())] for sha256 in (file.found, file.sha256))
    return now != then
