"""What a verdict costs: charges, credits, points, earnbacks, caps, consequences."""
