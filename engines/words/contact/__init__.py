"""Private contact details: addresses, numbers, handles and links."""
