"""Whether a posted picture is an approved one: bytes and features in, verdicts out; no database, no clock."""
