"""Typed text to a plan."""

from search.query.drug_names import NamedDrug, NameLevel, NameTable
from search.query.lookalikes import LookAlikes
from search.query.notes import notice_line
from search.query.parser import Query, Term, parse_query
from search.query.plan import AllOf, AllWords, Alternative, AnySurface, Matcher, Need, OfKind, OnPages, Plan, Words
from search.query.planner import Switches, expand

__all__ = [
    "AllOf",
    "AllWords",
    "Alternative",
    "AnySurface",
    "LookAlikes",
    "Matcher",
    "NameLevel",
    "NameTable",
    "NamedDrug",
    "Need",
    "OfKind",
    "OnPages",
    "Plan",
    "Query",
    "Switches",
    "Term",
    "Words",
    "expand",
    "notice_line",
    "parse_query",
]
