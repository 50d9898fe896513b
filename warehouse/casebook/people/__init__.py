"""The desk's people: invitations, passwords, second factors, sessions."""
