"""What proves a period's numbers to somebody who has neither our database nor our word."""
