"""What can be asked for: indicators, gate rules, and the recipes that measurements are made by."""
