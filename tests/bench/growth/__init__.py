"""How a run grows with the school: its phases side by side, and its second week."""
