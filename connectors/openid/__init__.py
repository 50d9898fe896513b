"""Asks the school's own sign-in provider who somebody is (OpenID Connect)."""
