"""Decides which word a single letter belongs to ("propranolol beta blocker"), and whether "iron 65" is a code.

The text alone cannot tell (TNF alpha, amphotericin B; beta blocker, H pylori); what pages and vocabulary hold can. Knows nothing of
scores.
"""

from collections.abc import Sequence

from search.analysis import GREEK_NAMES, function_words
from search.query.drug_names import NameTable
from search.query.joined_words import joined_words
from search.query.parser import Term
from search.query.plan import Lexicon
from search.vocabulary import Thesaurus


def attach(terms: Sequence[Term], lexicon: Lexicon, names: NameTable, thesaurus: Thesaurus) -> list[Term]:
    """The terms of a query with every code and every lone letter where this index knows it.

    A code typed with a space ("iron 65") means its words where no page holds the code. A letter joined to the word before goes
    to the word behind it where neither a page nor the vocabulary knows it with the word before; and always leaves the name of a
    drug ("propranolol beta"), or the drug would not be seen.
    """
    attached: list[Term] = []
    for term in _joined_codes(_known_codes(terms, lexicon), lexicon):
        lone = attached[-1] if attached else None
        if (
            lone is not None
            and _is_lettered(lone)
            and _is_plain(term)
            and _has_strayed(lone, lexicon, names, thesaurus)
        ):
            word, letter = _parted(lone)
            attached[-1:] = [word, _joined(letter, term)]
        else:
            attached.append(term)
    last = attached[-1] if attached else None
    if last is not None and _is_lettered(last) and _follows_a_drug(last, names, thesaurus):
        attached[-1:] = _parted(last)
    return attached


def _known_codes(terms: Sequence[Term], lexicon: Lexicon) -> list[Term]:
    known: list[Term] = []
    for term in terms:
        if term.parts and not lexicon.has_surface(term.surfaces[0]):
            known += [Term(part, "word", (part,)) for part in term.parts]
        else:
            known.append(term)
    return known


def _joined_codes(terms: Sequence[Term], lexicon: Lexicon) -> list[Term]:
    """Letters and a code behind them as the one code that some page writes ("CYP 3A4", CYP3A4)."""
    joined: list[Term] = []
    for term in terms:
        before = joined[-1] if joined else None
        if before is not None and _is_plain(before) and not term.quoted and term.typed.isalnum():
            code = before.surfaces[0] + "".join(term.surfaces)
            if term.typed[0].isdigit() and not term.typed.isdigit() and lexicon.has_surface(code):
                joined[-1] = Term(f"{before.typed} {term.typed}", "word", (code,))
                continue
        joined.append(term)
    return joined


def _is_lettered(term: Term) -> bool:
    """A word, a space and a letter: not hyphened, not quoted, no vitamin."""
    if term.kind != "phrase" or term.quoted or len(term.surfaces) != 2 or len(term.typed.split()) != 2:
        return False
    word, letter = term.surfaces
    return word not in joined_words().lettered and (letter in GREEK_NAMES or (len(letter) == 1 and letter.isalpha()))


def _is_plain(term: Term) -> bool:
    """A word that a letter may go to."""
    if term.kind != "word" or term.quoted or term.abbreviated:
        return False
    return term.surfaces[0].isalpha() and term.surfaces[0] not in function_words()


def _has_strayed(term: Term, lexicon: Lexicon, names: NameTable, thesaurus: Thesaurus) -> bool:
    """Whether a letter does not belong to the word before."""
    if _is_known(term, names, thesaurus):
        return False
    return _follows_a_drug(term, names, thesaurus) or not lexicon.side_by_side(term.surfaces)


def _follows_a_drug(term: Term, names: NameTable, thesaurus: Thesaurus) -> bool:
    """Whether the word before the letter is the name of a drug, and not with the letter (amphotericin B)."""
    word = term.surfaces[:1]
    return (word in names or thesaurus.is_known(word)) and not _is_known(term, names, thesaurus)


def _is_known(term: Term, names: NameTable, thesaurus: Thesaurus) -> bool:
    key = term.surfaces
    return key in names or thesaurus.is_known(key) or thesaurus.meaning(key, term.typed) is not None


def _parted(term: Term) -> tuple[Term, Term]:
    """A word and its letter, as two terms."""
    word, letter = term.typed.split()
    return Term(word, "word", term.surfaces[:1]), Term(letter, "word", term.surfaces[1:])


def _joined(letter: Term, word: Term) -> Term:
    """A letter and the word behind it, as one term."""
    return Term(f"{letter.typed} {word.typed}", "phrase", (*letter.surfaces, *word.surfaces), (0, 1))
