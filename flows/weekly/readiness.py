"""What a run needs of the school's own before it asks anybody: a run refuses at the first, doctor tells of all."""

import errno
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flows.home.context import Context, open_context, require_permission
from flows.home.settings import ConfigurationError, Settings
from flows.login.credentials import ensure_usable
from flows.login.outlook import account_outlook
from policies.errors import UserError
from policies.school import OfficialAccount
from warehouse.store.open import ensure_is_key

PERMISSION = "permission for a live pull"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a run needs; `problem` is what is wrong with it, `stops` whether a run is refused for that."""

    what: str
    is_there: str
    problem: str | None
    stops: bool = True


def needs(context: Context, only: frozenset[str] | None = None) -> Iterator[Need]:
    """Yield each thing that a run needs; `only` are the platforms that it reads, all of them where it is None."""
    yield _tried("key", "found, in the form that it must have.", partial(ensure_is_key, context.key))
    yield Need("accounts", "official accounts are named.", not_set_up(context))
    for account in context.school.account:
        is_read = only is None or account.platform in only
        if is_read and account.archive is None and account not in context.unclaimed:
            where, attempt = f"{account.platform} @{account.handle}", partial(ensure_usable, context, account)
            yield _tried(where, "credential found, in the form that it must have.", attempt)
            yield from _tokens(context, account, where)
    yield _tried(PERMISSION, "recorded, or not needed.", partial(require_permission, context))
    problem = next(filter(None, map(_why_not_writable, _written(context))), None)
    yield Need("folders", "what a run makes can be written.", problem)


def not_set_up(context: Context) -> str | None:
    """Return in a sentence that a school has no account that could be pulled; None where it has one."""
    school = context.school.school.id
    none = f"{school} is not set up: no official account is in school.toml. Name one by: audit setup {school}"
    return None if context.school.account else none


def ensure_ready(context: Context, only: frozenset[str] | None = None) -> None:
    """Raise ConfigurationError with the first thing that a run needs and does not have, and how many there are."""
    problems = [need.problem for need in needs(context, only) if need.problem and need.stops]
    if len(problems) > 1:
        how_many = f"{len(problems)} things are in the way, and `audit doctor {context.school.id}` shows each"
        raise ConfigurationError(f"{how_many}. The first: {problems[0]}")
    if problems:
        raise ConfigurationError(problems[0])


def is_ready(settings: Settings, school: str) -> bool:
    """Say whether a run of the school would begin; nothing of it is written, and no data are opened."""
    try:
        return not any(need.problem and need.stops for need in needs(open_context(settings, school, None)))
    except (UserError, OSError):
        return False


def _tokens(context: Context, account: OfficialAccount, where: str) -> Iterator[Need]:
    """Yield how the tokens of an account's consent stand, where it has any; a run uses them while they last."""
    what, lasts = f"{where} sign-in", "the owner's consent is kept, and lasts until after the next run."
    try:
        stands = account_outlook(context, account)
    except UserError as error:
        yield Need(what, lasts, error.sentence, stops=False)
        return
    if stands is not None:
        yield from (Need(what, lasts, sentence, stops=False) for sentence in stands)
        yield from () if stands else (Need(what, lasts, None),)


def _written(context: Context) -> Iterator[Path]:
    if context.settings.casebook_url is None:
        yield context.places.casebook.parent
    yield context.places.folder
    yield context.places.reports(context.run_id)
    yield context.places.quality(context.run_id)


def _why_not_writable(folder: Path) -> str | None:
    """Return why nothing can be written into a folder, which may be still to make; None where it can."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            return None
    except NotADirectoryError:
        return f"{there} is a file, and a run makes a folder of that name: move it away."
    except OSError as error:
        if error.errno == errno.EROFS:
            return f"{there} stands on a disk that may only be read: mount it for writing."
        why = error.strerror or type(error).__name__
        return f"{there} cannot be written ({why}): let the user who runs the audit write there, or free some space."


def _tried(what: str, is_there: str, attempt: Callable[[], object]) -> Need:
    try:
        attempt()
    except UserError as error:
        return Need(what, is_there, error.sentence)
    return Need(what, is_there, None)
