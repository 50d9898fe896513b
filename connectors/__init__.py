"""How we ask: each folder pulls from one source and reads it strictly; nothing here judges."""
