"""Private contact details in a text: mail addresses, telephone numbers, homes, and links that let strangers in."""

from collections.abc import Collection

from checks.words.homes import homes
from checks.words.links import links
from checks.words.mail import mail_addresses
from checks.words.model import Finding, in_order
from checks.words.official import Official
from checks.words.phones import phones
from checks.words.plain import plain


def contact_details(text: str, *, official: Collection[str] = ()) -> list[Finding]:
    """Return the private contact details in a text.

    `official` are the school's own mail addresses, domains and telephone numbers, however they are written.
    """
    cased = plain(text, keeps_case=True, parts_tags=False)
    ours = Official.of(official)
    return in_order([*mail_addresses(cased, ours), *phones(cased, ours), *homes(cased), *links(cased, ours)])
