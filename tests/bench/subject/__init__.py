"""How long a subject pack takes."""
