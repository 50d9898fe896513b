"""The desk's cases: lists, pages, decisions and the pictures beside them."""
