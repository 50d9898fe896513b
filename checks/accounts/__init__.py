"""Checks about the official accounts themselves: their register, their profiles, and accounts that look like them."""
