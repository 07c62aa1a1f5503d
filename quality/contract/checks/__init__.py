"""What the sections of a contract demand of each other, and what can never do what it says."""
