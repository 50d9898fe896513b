"""What people decided, attested and asked, and the seals that show that nothing of it was lost."""
