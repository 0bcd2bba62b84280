"""What a text says of what it names."""

from search.statements.clauses import denied_ranges
from search.statements.denials import denials_of

__all__ = ["denials_of", "denied_ranges"]
