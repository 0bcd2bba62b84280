"""Parses typed text into a `Query` of plain values. Any text is a query: nothing here raises, whatever was typed.

    "quoted phrase"   -word   -"phrase"   section:side-effects   drug:name   drug:"two words"   word*

is the only syntax; everything else is literal. Knows nothing of postings, names or ranking.
"""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from search.analysis import GREEK_NAMES, HYPHENS, Token, analyse, codes_for_parts, function_words
from search.model import KIND_LABELS
from search.query.joined_words import joined_words
from search.query.shorthand import Shorthand, read_shorthand

MAX_TERMS: Final = 32
MAX_TERM_CHARS: Final = 64
MIN_PREFIX_LETTERS: Final = 3

_QUOTES: Final = str.maketrans("“”„‟«»＂", '"' * 7)
_SYNTAX: Final = re.compile(
    r'(?<![^\W_])(?P<minus>(?<!\S)-)?(?:(?P<drug>(?<!\S)drug:))?"(?P<quoted>[^"]*)"'
    r"|(?<!\S)section:(?P<section>\S+)"
    r"|(?<!\S)drug:(?P<name>[^\s\"]+)"
    r"|(?<!\S)-(?P<excluded>[^\W_]\S*)"
    rf"|(?<!\S)(?P<prefix>[^\W\d_]{{{MIN_PREFIX_LETTERS},}}[^\W_]*)\*(?!\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """What must match as one: a word, a phrase, or the beginning of a word.

    `surfaces` stand at `positions`, counted from the first; of a prefix, `surfaces` holds what was typed, in lower case.
    `parts` are the words of a code typed with a space ("type 2"), should no page hold the code. `corrected`: the surface is
    not what was typed. `abbreviated`: a full stop stands behind it ("metoprolol succ.").
    """

    typed: str
    kind: Literal["word", "phrase", "prefix"]
    surfaces: tuple[str, ...]
    positions: tuple[int, ...] = (0,)
    quoted: bool = False
    parts: tuple[str, ...] = ()
    corrected: bool = False
    abbreviated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: terms in the order typed, what may not match, filters, what was left out as too much.

    A term is not always one typed word: "c/o" is two, "B 12" and a quoted phrase are one. `text` is the whole text as
    typed, marks of the language included, but with straight quotes; it stays so where a word is corrected, and where notation
    (`shorthand`) was written out.
    """

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    drugs: tuple[Term, ...] = ()
    sections: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    text: str = ""
    shorthand: tuple[Shorthand, ...] = ()


def parse_query(text: str, *, shorthand: bool = True) -> Query:
    """Read the query language of docs/query-language.md; `shorthand`: and chart notation in what is typed without syntax."""
    text = text.translate(_QUOTES)
    read: list[Shorthand] = []

    def plain_terms(part: str) -> list[Term]:
        if not shorthand:
            return _plain_terms(part)
        written, found = read_shorthand(part)
        read.extend(found)
        return _plain_terms(written)

    terms: list[Term] = []
    excluded: list[Term] = []
    drugs: list[Term] = []
    sections: list[str] = []
    plain_from = 0
    for match in _SYNTAX.finditer(text):
        syntax = _syntax(match)
        if syntax is None:
            continue
        terms += plain_terms(text[plain_from : match.start()])
        plain_from = match.end()
        if isinstance(syntax, str):
            sections.append(syntax)
        elif match["minus"] or match["excluded"]:
            excluded.append(syntax)
        elif match["drug"] or match["name"]:
            drugs.append(syntax)
        else:
            terms.append(syntax)
    terms += plain_terms(text[plain_from:])
    ignored = [
        term.typed for term in (*terms, *excluded, *drugs) if len(term.typed) > MAX_TERM_CHARS and not term.quoted
    ]
    terms = [term for term in dict.fromkeys(terms) if term.typed not in ignored]
    ignored += [term.typed for term in terms[MAX_TERMS:]]
    return Query(
        terms=tuple(terms[:MAX_TERMS]),
        excluded=tuple(term for term in dict.fromkeys(excluded) if term.typed not in ignored)[:MAX_TERMS],
        drugs=tuple(term for term in dict.fromkeys(drugs) if term.typed not in ignored)[:MAX_TERMS],
        sections=tuple(dict.fromkeys(sections)),
        ignored=tuple(ignored),
        text=text,
        shorthand=tuple(dict.fromkeys(read)),
    )


def _syntax(match: re.Match[str]) -> Term | str | None:
    """What a piece of syntax means: a term, a section kind, or None where it is literal text after all."""
    if match["section"]:
        kind = match["section"].lower().rstrip(",;.")
        return kind if kind in KIND_LABELS else None
    if match["prefix"]:
        return Term(match[0], "prefix", (match["prefix"].lower(),))
    if match["quoted"] is not None:
        return _phrase(match["quoted"], match["quoted"].strip(), quoted=True)
    typed = match["name"] or match["excluded"]
    return _phrase(typed, typed)


def _phrase(text: str, typed: str, *, quoted: bool = False) -> Term | None:
    """All tokens of a text as one term; None where there are none."""
    tokens = codes_for_parts(analyse(text.replace("\n", " ")))[:MAX_TERMS]
    if not tokens:
        return None
    return _joined(tokens, typed, quoted=quoted)


def _joined(tokens: list[Token], typed: str, *, quoted: bool = False) -> Term:
    return Term(
        typed=typed,
        kind="word" if len(tokens) == 1 else "phrase",
        surfaces=tuple(token.surface for token in tokens),
        positions=tuple(token.position - tokens[0].position for token in tokens),
        quoted=quoted,
    )


def _plain_terms(text: str) -> list[Term]:
    """The terms of text without syntax: words, and phrases where words belong together as typed."""
    text = text.replace("\n", " ")
    all_tokens = analyse(text)
    tokens = codes_for_parts(all_tokens)
    terms: list[Term] = []
    group: list[Token] = []
    for index, token in enumerate(tokens):
        if group and not _belongs(group[-1], token, text, tokens[index - 2] if index > 1 else None):
            terms.append(_term(group, all_tokens, text))
            group = []
        group.append(token)
    if group:
        terms.append(_term(group, all_tokens, text))
    return terms


def _term(group: list[Token], all_tokens: list[Token], text: str) -> Term:
    term = _joined(group, text[group[0].start : group[-1].end])
    if len(group) > 1:
        # A full stop inside a group (C. difficile) is no end of a clause.
        return replace(term, positions=tuple(range(len(group))))
    cut_short = group[0].surface.isalpha() and text[group[0].end :].startswith(".")
    parts = tuple(t.surface for t in all_tokens if t.position == group[0].position and t.surface != group[0].surface)
    return replace(term, parts=parts, abbreviated=cut_short)


def _belongs(left: Token, right: Token, text: str, before: Token | None) -> bool:
    """Whether two neighbouring words were typed as one thing.

    Joined or hyphened: anti-inflammatory. A number and its unit or code: 2.5 mg, 5 HT3. A Greek letter and its word: TNF alpha,
    beta blocker. A single letter: vitamin D, C. difficile.
    """
    gap = text[left.end : right.start]
    if gap == "" or (len(gap) == 1 and gap in HYPHENS):
        return True
    if not gap.isspace() and not (gap.rstrip() == "." and len(left.surface) == 1):
        return False
    if left.surface[0].isdigit():
        return right.surface in joined_words().measures or (right.surface[0].isalpha() and right.surface[-1].isdigit())
    if left.surface in joined_words().lettered and len(right.surface) == 1:
        return True
    words = function_words()
    first = before is None or before.surface in words
    if left.surface in words or (right.surface in words and not _single_letter(right, text)):
        return False
    opens = (left.surface in GREEK_NAMES and first) or (
        len(left.surface) == 1 and left.surface.isalpha() and before is None
    )
    lone = right.surface in GREEK_NAMES or _single_letter(right, text)
    return opens or (lone and not _hyphened_on(right, text))


def _hyphened_on(token: Token, text: str) -> bool:
    """Whether a hyphen joins a word to what follows: the L of "amlodipine L-type channel" is no letter of amlodipine."""
    after = text[token.end : token.end + 2]
    return len(after) == 2 and after[0] in HYPHENS and after[1].isalnum()


def _single_letter(token: Token, text: str) -> bool:
    """A letter that stands for itself: any but the words "a" and "i", which count when written as capitals."""
    if len(token.surface) != 1 or not token.surface.isalpha():
        return False
    return token.surface not in function_words() or text[token.start].isupper()
