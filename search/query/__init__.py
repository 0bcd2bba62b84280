"""What typed text means in an index: the query language, names, entities, needs; together a plan, and decisions to be told.

Knows nothing of arrays, scores, texts or of the wording of notes.
"""

from search.query.classes import AskedClass
from search.query.decisions import (
    OPPOSED,
    ClassAsked,
    ClassLeftOut,
    ClippedRead,
    ComparisonAsked,
    Confusable,
    Decision,
    DrugAsked,
    DrugNamed,
    MeaningAsked,
    PageNamed,
    PrefixCut,
    ShorthandRead,
    Switches,
    SynonymsSearched,
    decision_id,
)
from search.query.drug_names import NameTable
from search.query.lookalikes import LookAlikes
from search.query.named import NamedDrug, NameLevel
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
    SectionsOfPages,
)
from search.query.planner import expand

__all__ = [
    "OPPOSED",
    "AllParts",
    "AllWords",
    "Alternative",
    "AnyForm",
    "AskedClass",
    "ClassAsked",
    "ClassLeftOut",
    "ClippedRead",
    "ComparisonAsked",
    "Confusable",
    "Decision",
    "DrugAsked",
    "DrugNamed",
    "LookAlikes",
    "Matcher",
    "MeaningAsked",
    "NameLevel",
    "NameTable",
    "NamedDrug",
    "Need",
    "OnPages",
    "PageNamed",
    "Phrase",
    "Plan",
    "PrefixCut",
    "Query",
    "SectionsOfKind",
    "SectionsOfPages",
    "ShorthandRead",
    "Switches",
    "SynonymsSearched",
    "Term",
    "decision_id",
    "expand",
    "parse_query",
]
