"""Private contact details in a text, links that let strangers in, and requests to meet or to write in private."""

from collections.abc import Collection

from engines.text.normalised import normalise
from engines.words.contact.chat_handles import chat_handles
from engines.words.contact.home_addresses import home_addresses
from engines.words.contact.invite_links import invite_links
from engines.words.contact.mail_addresses import mail_addresses
from engines.words.contact.numbers_in_words import phone_numbers_in_words
from engines.words.contact.phone_numbers import phone_numbers
from engines.words.contact.school_contacts import SchoolContacts
from engines.words.model import Sign, in_text_order
from engines.words.rules.rule_lists import apply_rules, rules


def contact_details(text: str, *, official: Collection[str] = ()) -> list[Sign]:
    """Return the private contact details in a text.

    `official` are the school's own mail addresses, domains and telephone numbers, however they are written.
    """
    cased = normalise(text, keeps_case=True, parts_tags=False)
    school = SchoolContacts.of(official)
    signs = [*mail_addresses(cased, school), *phone_numbers(cased, school), *phone_numbers_in_words(cased, school)]
    signs += [*home_addresses(cased), *chat_handles(cased, school), *invite_links(cased, school)]
    return in_text_order([*signs, *apply_rules(rules("contact"), normalise(text))])
