"""What was what before: functions known again from one side of a change to the other."""
