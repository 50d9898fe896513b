"""What a week costs at the platforms, beside the least that would tell the same."""
