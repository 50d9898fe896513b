"""What an aligned pair of pictures shows differently."""
