"""Tests of search.reading.markdown: one Markdown page to one monograph."""
