"""A folder of pages to monographs."""
