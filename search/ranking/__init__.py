"""A plan to sections in order."""
