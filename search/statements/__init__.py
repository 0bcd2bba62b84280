"""What a text says of what it names."""
