"""A Markdown page to a monograph."""
