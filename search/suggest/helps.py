"""What helps a reader along, built from one generation's names and words: the speller and the suggester.

Built when first asked for, since most searches need neither. Knows nothing of queries or ranking.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from search.analysis import function_words, term_key
from search.index import Postings
from search.ranking import IndexLexicon
from search.suggest.completion import Name, Suggester
from search.suggest.spelling import Speller
from search.vocabulary import Thesaurus

COMMON: Final = 3
"""Sections that must hold a word before it is taken for one that is spelled right: pages have slips too."""


def speller(records: tuple[dict[str, Any], ...], postings: Postings, thesaurus: Thesaurus) -> Speller:
    """The speller of a generation."""
    lexicon = IndexLexicon(postings)
    drugs: dict[str, int] = {}
    for record in records:
        names = [name["text"] for name in record["names"]] + list(record["ingredients"])
        drugs |= {word: lexicon.sections_with(word) for name in names for word in term_key(name)}
    for key, _ in thesaurus.drug_names():
        drugs |= {word: lexicon.sections_with(word) for word in key if word not in drugs}
    drugs = {word: used for word, used in drugs.items() if word not in function_words()}
    words = {word: used for word, used in lexicon.frequencies() if used >= COMMON}
    words |= {word: words.get(word, 0) for word in thesaurus.vocabulary_words()}
    return Speller(drugs, words)


def suggester(records: tuple[dict[str, Any], ...], thesaurus: Thesaurus) -> Suggester:
    """The suggester of a generation: what its pages are called, and what the vocabulary knows of what they hold."""
    return Suggester([*_of_pages(records, thesaurus), *_of_vocabulary(records, thesaurus)])


def _of_pages(records: tuple[dict[str, Any], ...], thesaurus: Thesaurus) -> Iterator[Name]:
    for record in records:
        held = [name for text in record["ingredients"] for name in thesaurus.canonical(text)]
        drug_class = record["drug_class"] or thesaurus.class_of(held) or ""
        weight = 2 if len(held) == 1 else 1
        if record["status"] != "no-such-product":
            yield Name(record["title"], "drug", drug_class, weight)
        for name in record["names"]:
            if name["kind"] in ("brand", "alias"):
                kind = "brand" if name["kind"] == "brand" else "drug"
                detail = record["title"] if name["kind"] == "brand" else f"another name of {record['title']}"
                yield Name(name["text"], kind, detail, weight)  # type: ignore[arg-type] # one of two kinds


def _of_vocabulary(records: tuple[dict[str, Any], ...], thesaurus: Thesaurus) -> Iterator[Name]:
    """Names of drugs that some page is about, and all classes and findings."""
    titles: dict[str, str] = {}
    held: dict[str, set[str]] = defaultdict(set)
    for record in records:
        names = [name for text in record["ingredients"] for name in thesaurus.canonical(text)]
        titles.setdefault(" + ".join(names), record["title"])
        for name in names:
            held[name].add(record["title"])
    for _, naming in thesaurus.drug_names():
        if naming.kind == "abbreviation" or not all(name in held for name in naming.ingredients):
            continue
        joined = " + ".join(naming.ingredients)
        if naming.kind == "brand":
            yield Name(naming.text, "brand", joined)
        elif naming.text != joined:
            yield Name(naming.text, "drug", f"another name of {joined}")
        elif joined not in titles:
            yield Name(naming.text, "drug", thesaurus.class_of(naming.ingredients) or "", 1)
    for term in thesaurus.vocabulary.terms:
        kind = "class" if term.kind == "class" else "symptom"
        for number, name in enumerate(term.names):
            yield Name(name, kind, "" if number == 0 else term.name, 1 - min(number, 1))  # type: ignore[arg-type] # one of two kinds
