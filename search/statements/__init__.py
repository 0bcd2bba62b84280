"""What a text says of what it names: where it denies something, and how a section speaks of a term.

Works on texts alone: knows nothing of pages, postings or queries.
"""

from search.statements.clauses import denied_ranges
from search.statements.polarity import Polarity, Signs, denials_of

__all__ = ["Polarity", "Signs", "denials_of", "denied_ranges"]
