"""Finding, erasing, holding and expiring personal data."""
