"""`audit doctor`: what is wrong with a school's set-up, and what to do about it."""
