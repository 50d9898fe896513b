"""The packs that ship with the program: one TOML file per policy edition, never edited once it is released."""
