"""Values that flow through the program."""
