"""What the desk reads and does of one school."""
