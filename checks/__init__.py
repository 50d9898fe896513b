"""What we ask of the warehouse: one question per check, found by walking these packages."""
