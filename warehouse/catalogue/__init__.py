"""What every column is: its category, purpose, lawful basis, retention clock and readers, as the files here declare."""
