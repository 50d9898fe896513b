"""What the desk is given from above: the school's own folder, and what starts runs."""
