"""The casebook's migrations, run by Alembic: one file each in `versions/`; released ones are never edited."""
