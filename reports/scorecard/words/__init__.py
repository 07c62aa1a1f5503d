"""What an evaluation says in words and sums, before any format."""
