"""The templates of the papers."""
