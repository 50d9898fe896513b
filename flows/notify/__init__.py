"""Tells the roles that school.toml names how a run ended, or that none came: counts and a link, and never a name."""
