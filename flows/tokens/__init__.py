"""The tokens that official accounts' owners gave by their consent: kept encrypted, renewed, looked at ahead of time."""
