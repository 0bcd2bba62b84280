"""What does a Markdown page say? Cuts the text of one page into the sections, notices and names of a monograph.

Must not know files, folders or how many pages there are.
"""

from search.reading.markdown.parser import parse_monograph

__all__ = ["parse_monograph"]
