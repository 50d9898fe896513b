"""Letters that the school may send: drafted as plain text from what is known, and never sent from here."""
