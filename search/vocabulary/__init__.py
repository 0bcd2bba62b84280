"""Data only: words, patterns and labels in tables, loaded and validated once."""
