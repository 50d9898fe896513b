"""What decides who an account may belong to, which photograph a picture shows, and what a text says."""
