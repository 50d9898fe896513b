"""What a school decided: its policy as packs of clauses, and its own settings. Imports nothing of ours."""
