"""Typed text to a plan."""

from search.query.drug_names import NamedDrug, NameLevel, NameTable
from search.query.lookalikes import LookAlikes
from search.query.notes import notice_line
from search.query.parser import Query, Term, parse_query
from search.query.plan import (
    AllParts,
    AllWords,
    Alternative,
    AnyForm,
    Matcher,
    Need,
    OnPages,
    Phrase,
    Plan,
    SectionsOfKind,
)
from search.query.planner import Switches, expand

__all__ = [
    "AllParts",
    "AllWords",
    "Alternative",
    "AnyForm",
    "LookAlikes",
    "Matcher",
    "NameLevel",
    "NameTable",
    "NamedDrug",
    "Need",
    "OnPages",
    "Phrase",
    "Plan",
    "Query",
    "SectionsOfKind",
    "Switches",
    "Term",
    "expand",
    "notice_line",
    "parse_query",
]
