"""What service is owed when: calendars as stretches of time, and policies for tickets."""
