"""What a text says of what it names: which role it gives it, and where it denies something.

Works on texts alone: knows nothing of pages, postings or queries.
"""

from search.statements.cues import WARNINGS, StatementRole
from search.statements.section_roles import StatementRoles, section_roles

__all__ = ["WARNINGS", "StatementRole", "StatementRoles", "section_roles"]
