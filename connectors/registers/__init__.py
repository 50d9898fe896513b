"""The registers source: what the school's own lists of people, photographs and accounts say."""
