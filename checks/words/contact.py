"""Private contact details in a text, links that let strangers in, and requests to meet or to write in private."""

from collections.abc import Collection

from checks.words.handles import handles
from checks.words.homes import homes
from checks.words.links import links
from checks.words.mail import mail_addresses
from checks.words.model import Sign, in_order
from checks.words.official import Official
from checks.words.phones import phones
from checks.words.plain import plain
from checks.words.rules import apply, rules
from checks.words.spelt import spelt_phones


def contact_details(text: str, *, official: Collection[str] = ()) -> list[Sign]:
    """Return the private contact details in a text.

    `official` are the school's own mail addresses, domains and telephone numbers, however they are written.
    """
    cased = plain(text, keeps_case=True, parts_tags=False)
    ours = Official.of(official)
    found = [*mail_addresses(cased, ours), *phones(cased, ours), *spelt_phones(cased, ours)]
    found += [*homes(cased), *handles(cased, ours), *links(cased, ours)]
    return in_order([*found, *apply(rules("contact"), plain(text))])
