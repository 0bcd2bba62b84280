"""What may have been meant, and what is being typed."""
