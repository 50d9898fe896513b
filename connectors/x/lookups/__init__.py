"""What is asked of X outside the weekly lists: profiles of bare ids, and whose account an official one is."""
