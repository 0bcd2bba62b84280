"""Findings and classes of drugs by any of their names. Names are compared by stem: "kidney problem" is "kidney problems".

Knows the names of drugs only to refuse a term that is one. Knows nothing of abbreviations or queries.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence

from search.analysis import Key, term_key
from search.vocabulary.checks import check_class_named, check_directions, check_member, check_opposed, check_term_name
from search.vocabulary.concepts import Term
from search.vocabulary.meanings import Target, stems, targets_of


class Terms:
    """Look-ups of findings and classes.

    Args:
        terms: all of them; of two with the same name the first one counts.
        drugs: the preferred names of drugs.
        drug_names: the keys of all verified names of drugs.

    Raises:
        VocabularyError: a name of two terms or of a drug; names that say both low and high; an unknown member of a class; a broader
            or an opposed class that no row names; a drug that is a member of two classes that oppose each other.
    """

    def __init__(self, terms: Sequence[Term], drugs: Collection[str], drug_names: Collection[Key]) -> None:
        self._by_stems: dict[Key, Term] = {}
        self._classes: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            check_directions(term.names, term)
            for name in term.names:
                stemmed = stems(term_key(name))
                check_term_name(name, term, self._by_stems.get(stemmed), drug_names)
                self._by_stems.setdefault(stemmed, term)
            for member in term.members:
                check_member(member, term, drugs)
                self._classes[member].append(term)
        self._members: dict[str, frozenset[str]] = {}
        self._parts: dict[str, list[Term]] = defaultdict(list)  # name of a class → the classes that are part of it
        for term in terms:
            for name in (*term.broader, *term.opposes):
                check_class_named(name, term, self.named(name))
            for broader in map(self.named, term.broader):
                if broader is not None:
                    self._parts[broader.name].append(term)
        for term in terms:
            for opposed in map(self.named, term.opposes):
                check_opposed(term, opposed, self.members(term), self.members(opposed) if opposed else frozenset())

    def get(self, stemmed: Key) -> Term | None:
        """The term with a name of these stems."""
        return self._by_stems.get(stemmed)

    def named(self, text: str) -> Term | None:
        """The term that a text names."""
        return self._by_stems.get(stems(term_key(text)))

    def targets(self, text: str, guard: tuple[str, ...] = ()) -> tuple[Target, ...]:
        """All names of the term that a text names; the text itself, with its guard, where it names none."""
        term = self.named(text)
        return targets_of(term) if term else (Target(text, term_key(text), guard),)

    def classes(self, ingredient: str) -> tuple[Term, ...]:
        """The classes a drug belongs to by its preferred name, then the broader classes that these are part of."""
        classes = dict.fromkeys(self._classes.get(ingredient, ()))
        unread = deque(classes)
        while unread:
            for name in unread.popleft().broader:
                broader = self.named(name)
                if broader is not None and broader not in classes:
                    classes[broader] = None
                    unread.append(broader)
        return tuple(classes)

    def members(self, term: Term) -> frozenset[str]:
        """The preferred names of all drugs of a class, those of the classes that are part of it among them."""
        known = self._members.get(term.name)
        if known is not None:
            return known
        members = set(term.members)
        read = {term.name}
        unread = deque(self._parts.get(term.name, ()))
        while unread:
            part = unread.popleft()
            if part.name not in read:
                read.add(part.name)
                members.update(part.members)
                unread.extend(self._parts.get(part.name, ()))
        return self._members.setdefault(term.name, frozenset(members))

    def keys(self) -> Iterable[Key]:
        """The stems of every name."""
        return self._by_stems.keys()

    def longest(self) -> int:
        """The number of words of the longest name."""
        return max(map(len, self._by_stems), default=1)
