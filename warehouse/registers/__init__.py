"""How each register stands beside its own history."""
