"""What is the school's own among addresses, domains and telephone numbers."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, format_number, parse

HOME_REGION = "GB"
_PROTOCOL = re.compile(r"^[a-z]{2,8}://")


@dataclass(frozen=True, slots=True)
class SchoolContacts:
    """The school's own addresses and domains in small letters, and its numbers as E.164."""

    addresses: frozenset[str]
    domains: frozenset[str]
    numbers: frozenset[str]

    @staticmethod
    def of(contacts: Collection[str]) -> "SchoolContacts":
        """Sort what a school gave by what it is; the same answer serves every text that is held against it."""
        return _sorted(frozenset(contacts))

    def owns_domain(self, domain: str) -> bool:
        """Say whether this domain is the school's or below it."""
        host = domain.lower()
        return any(host == ours or host.endswith(f".{ours}") for ours in self.domains)

    def owns_number(self, number: PhoneNumber) -> bool:
        """Say whether this telephone number is the school's."""
        return format_number(number, PhoneNumberFormat.E164) in self.numbers

    def owns_address(self, address: str) -> bool:
        """Say whether this mail address is the school's."""
        return address.lower() in self.addresses or self.owns_domain(address.rpartition("@")[2])


@lru_cache(maxsize=8)
def _sorted(contacts: frozenset[str]) -> SchoolContacts:
    entries = {entry.strip().lower() for entry in contacts}
    addresses = {entry for entry in entries if "@" in entry.strip("@")}
    numbers = {number for entry in entries if (number := _e164(entry))}
    hosts = {
        _PROTOCOL.sub("", entry).strip("@").removeprefix("www.").partition("/")[0]
        for entry in entries - addresses
        if "." in entry and not _e164(entry)
    }
    return SchoolContacts(frozenset(addresses), frozenset(hosts - {""}), frozenset(numbers))


def _e164(written: str) -> str | None:
    try:
        return format_number(parse(written, HOME_REGION), PhoneNumberFormat.E164)
    except NumberParseException:
        return None
