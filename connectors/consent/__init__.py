"""How an account's owner lets the audit read it: the consent (OAuth) that every platform asks for in its own way."""
