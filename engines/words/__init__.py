"""Reads texts by rule lists: pure functions from a text to what it seems to say, with neither database nor clock.

The doors are `contact.contact_details`, `partisan.partisan_or_personal`, `abusive.abusive`, `age.age_stated`,
`staff.staff_detail` and `names.names_in`. What they look for stands in `lists/*.toml`.
"""
