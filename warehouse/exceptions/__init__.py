"""What each check of a run raised, and how it stands beside what earlier runs raised."""
