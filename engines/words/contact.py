"""Private contact details in a text, links that let strangers in, and requests to meet or to write in private."""

from collections.abc import Collection

from engines.words.handles import handles
from engines.words.homes import homes
from engines.words.links import links
from engines.words.mail import mail_addresses
from engines.words.model import Sign, in_order
from engines.words.official import Official
from engines.words.phones import phones
from engines.words.plain import plain
from engines.words.rules import apply, rules
from engines.words.spelt import spelt_phones


def contact_details(text: str, *, official: Collection[str] = ()) -> list[Sign]:
    """Return the private contact details in a text.

    `official` are the school's own mail addresses, domains and telephone numbers, however they are written.
    """
    cased = plain(text, keeps_case=True, parts_tags=False)
    ours = Official.of(official)
    found = [*mail_addresses(cased, ours), *phones(cased, ours), *spelt_phones(cased, ours)]
    found += [*homes(cased), *handles(cased, ours), *links(cased, ours)]
    return in_order([*found, *apply(rules("contact"), plain(text))])
