"""The subject pack: everything that is held about one person, account or photograph, for them to read."""
