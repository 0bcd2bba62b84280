"""A Markdown page to a monograph."""

from search.reading.markdown.parser import parse_monograph

__all__ = ["parse_monograph"]
