"""A backup of one school: an encrypted archive, what is in it, and how it is read again."""
