"""Makes a school's backup, proves one, and puts one back."""
