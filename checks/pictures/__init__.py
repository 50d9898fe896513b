"""Whether a posted picture is an approved one: bytes and hashes in, verdicts out; no database, no clock."""
