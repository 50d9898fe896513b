"""Says that an erasure was begun and has not ended, to whoever must finish it; of whom, it does not say."""

from flows.home.context import Context
from policies.dates import long_date
from warehouse.privacy.erasure_journal import read_journal
from warehouse.store.open import WarehouseError


def erasure_begun(context: Context) -> str | None:
    """Return when an erasure was begun that has not ended, and how to finish it; None where every one has ended.

    Of a journal that cannot be read, return why not and what to do.
    """
    try:
        erasure = read_journal(context.places.folder, context.key)
    except WarehouseError as error:
        return error.sentence
    if erasure is None:
        return None
    day = long_date(erasure.begun_at.astimezone(context.zone).date())
    return (
        f"An erasure was begun on {day} and has not ended, so some of what it takes out may still be kept. "
        f"Run: audit erase {context.school.id} --resume"
    )
