"""Groups the people whose names an account shows: which part of a name stands where, and what is left over."""
