"""The pages of a subject pack."""
