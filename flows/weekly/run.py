"""One run of one school: pull, judge, publish, in order."""

from dataclasses import dataclass, replace

from flows.home.context import Context
from flows.home.integrity import ensure_nothing_missing, guarded
from flows.home.process import collecting_seldom
from flows.home.settings import Settings, keep_private
from flows.notify.state import PublishedRun
from flows.pictures.scan import held_opener
from flows.registers.sources import source_names
from flows.weekly.judge import Outcomes, judge
from flows.weekly.progress import ProgressRecorder
from flows.weekly.publish import Published, publish
from flows.weekly.pull import PullEnded, note_unasked, note_unclaimed, pull
from flows.weekly.readiness import ensure_ready
from warehouse.runs.runs import AccountRow, LiveDecisionRow, PolicyRow, SchoolRow, begin, is_begun
from warehouse.store.compact import note_freed


@dataclass(frozen=True, slots=True)
class Audited:
    """What one run came to, in counts."""

    school: str
    run_id: str
    pulls: tuple[PullEnded, ...]
    outcomes: Outcomes
    published: Published

    @property
    def is_complete(self) -> bool:
        """Whether every source that the school needs was pulled to its end, in this try or an earlier one."""
        return all(ended.state == "complete" for ended in self.pulls)

    def as_published(self, settings: Settings) -> PublishedRun:
        """Return what is told of it: with the lead's report, or the command that fetches it from an object store."""
        report = str((self.published.folder / "index.html").absolute())
        if settings.store is not None:
            report = f"audit report {self.school} --run {self.run_id} --out FOLDER"
        return PublishedRun(self.run_id, self.is_complete, report, self.published.upkeep)


def sequence(
    context: Context,
    *,
    only: frozenset[str] | None = None,
    recorder: ProgressRecorder | None = None,
) -> Audited:
    """Audit one school as of one day: pull each source, judge every clause, publish; `recorder` is told each step."""
    recorder = recorder or ProgressRecorder()
    keep_private()
    ensure_ready(context, only)
    held = context.warehouse(), held_opener(context)  # opened once for all steps
    with collecting_seldom(), guarded(context), held[0] as db, held[1] as opener:
        return _in_order(replace(context, held=db, held_opener=opener), only, recorder)


def _in_order(context: Context, only: frozenset[str] | None, recorder: ProgressRecorder) -> Audited:
    start(context)
    names = tuple(source_names(context, only))
    recorder.plan(context.as_of, (*names, "judge", "publish"))
    unasked = (*note_unclaimed(context), *note_unasked(context, names))
    pulls = (*unasked, *(_pulled(context, name, recorder) for name in names))
    is_complete = all(ended.state == "complete" for ended in pulls)
    with recorder.phase("judge"):
        outcomes = judge(context)
    with recorder.phase("publish"):
        published = publish(context, is_complete)
    return Audited(context.school.id, context.run_id, pulls, outcomes, published)


def _pulled(context: Context, name: str, recorder: ProgressRecorder) -> PullEnded:
    with recorder.phase(name) as phase:
        ended = pull(context, name)
        phase.state = ended.state
    return ended


def start(context: Context) -> None:
    """Open the run in the warehouse."""
    identity = context.school.school
    rows = [AccountRow(a.platform, a.account_id, a.handle, a.reads) for a in context.school.account]
    school = SchoolRow(
        school_id=identity.id,
        school_name=identity.name,
        aliases=identity.aliases,
        town=identity.town,
        county=identity.county,
        website=identity.website,
        timezone=identity.timezone,
        registers=tuple(context.school.registers),
    )
    pack = context.pack
    policy = PolicyRow(
        pack=pack.id,
        title=pack.title,
        edition=pack.edition,
        adopted_on=pack.adopted_on,
        review_by=pack.review_by,
    )
    with context.warehouse() as db:
        ensure_nothing_missing(context, db)
        is_again = is_begun(db, context.run_id)
        begin(
            db,
            as_of=context.as_of,
            school=school,
            policy=policy,
            accounts=rows,
            at=context.now(),
            live=_live_decision(context),
        )
        if is_again:
            note_freed(context.places.warehouse)  # what the earlier try wrote is replaced, and no block may keep it


def _live_decision(context: Context) -> LiveDecisionRow | None:
    decided = context.school.live
    return None if decided is None else LiveDecisionRow(**decided.model_dump())
