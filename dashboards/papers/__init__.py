"""The papers of data protection, made from the tags of every column and from school.toml."""
