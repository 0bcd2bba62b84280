"""Names of drugs → the drugs they stand for, and back. Names are compared by surface, never by stem.

Knows nothing of findings, classes or queries.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from search.analysis import Key, term_key
from search.vocabulary.checks import check_brand, check_drug, check_drug_name
from search.vocabulary.concepts import Brand, Drug
from search.vocabulary.meanings import Naming

Namings = dict[Key, tuple[Naming, ...]]
"""Key of a name → what it stands for, in the order of the tables."""


def drugs_by_name(drugs: Iterable[Drug]) -> dict[str, Drug]:
    """Preferred name → drug.

    Raises:
        VocabularyError: a drug is listed twice.
    """
    by_name: dict[str, Drug] = {}
    for drug in drugs:
        check_drug(drug, by_name)
        by_name[drug.name] = drug
    return by_name


def verified_namings(drugs: Mapping[str, Drug], brands: Iterable[Brand]) -> Namings:
    """What every verified name stands for: the names of all drugs, then all brands.

    Raises:
        VocabularyError: a name of two drugs, a brand of an unknown drug, or one that is also another name.
    """
    namings: Namings = {}
    for drug in drugs.values():
        # The first of two names with one key is the one that is shown.
        for key, name in {term_key(name): name for name in reversed(drug.names)}.items():
            check_drug_name(key, drug, namings.get(key, ()))
            namings[key] = (Naming(name, "name", drug.ingredients, drug=drug),)
    for brand in brands:
        key = term_key(brand.name)
        others = namings.get(key, ())
        check_brand(brand, drugs, others)
        product = drugs.get(" + ".join(brand.ingredients))
        namings[key] = (*others, Naming(brand.name, "brand", brand.ingredients, drug=product, brand=brand))
    return namings


class DrugNames:
    """Look-ups by a drug's name.

    Args:
        drugs: preferred name → drug.
        namings: what each verified name stands for.
        known: names that exist, verified or not, → their ingredients where these are known.
    """

    def __init__(self, drugs: Mapping[str, Drug], namings: Namings, known: Mapping[str, tuple[str, ...]]) -> None:
        self._drugs = drugs
        self._namings = namings
        self._known = {term_key(name): ingredients for name, ingredients in known.items()}
        self._sorted = sorted(
            {
                *(
                    (key[0], naming.brand is not None, naming.ingredients)
                    for key, meant in namings.items()
                    for naming in meant
                    if naming.kind != "abbreviation"
                ),
                *((key[0], True, ingredients or key) for key, ingredients in self._known.items() if key not in namings),
            }
        )
        self._verified_words = frozenset(word for key in namings for word in key)
        self._all_words = self._verified_words.union(word for key in self._known for word in key)

    def namings(self, key: Key) -> tuple[Naming, ...]:
        """What drugs a name stands for; several where two drugs share a brand."""
        return self._namings.get(key, ())

    def is_known(self, key: Key) -> bool:
        """Whether this is some name of a drug or brand, verified or not."""
        return key in self._namings or key in self._known

    def known_ingredients(self, key: Key) -> tuple[str, ...]:
        """The ingredients of a brand by the unverified table; none where it does not know."""
        return self._known.get(key, ())

    def drug(self, ingredient: str) -> Drug | None:
        """A drug by its preferred name."""
        return self._drugs.get(ingredient)

    def names_of(self, ingredient: str) -> tuple[Key, ...]:
        """The keys of all names of a drug, by its preferred name; of an unknown drug, the key of that name."""
        drug = self._drugs.get(ingredient)
        return tuple(dict.fromkeys(map(term_key, drug.names))) if drug else (term_key(ingredient),)

    def canonical(self, ingredient: str) -> tuple[str, ...]:
        """The preferred names of what an ingredient's name on a page stands for; an unknown one stands for itself."""
        key = term_key(ingredient)
        namings = [naming for naming in self.namings(key) if naming.kind == "name"]
        return namings[0].ingredients if len(namings) == 1 else (" ".join(key),)

    def class_of(self, ingredients: Iterable[str]) -> str | None:
        """The class of a drug by its ingredients (preferred names), for display; None where it is not known."""
        drug = self._drugs.get(" + ".join(ingredients))
        return (drug.drug_class or None) if drug else None

    def beginning(self, letters: str) -> tuple[frozenset[str], bool]:
        """The drugs one of whose names begins with some letters, and whether no brand of another drug begins so."""
        rows = self._sorted[bisect_left(self._sorted, (letters,)) : bisect_left(self._sorted, (letters + "\uffff",))]
        found = frozenset(name for _, is_brand, ingredients in rows if not is_brand for name in ingredients[:1])
        return found, all(found.issuperset(ingredients) for _, is_brand, ingredients in rows if is_brand)

    def words(self) -> frozenset[str]:
        """Every word of a verified name."""
        return self._verified_words

    def is_word(self, word: str) -> bool:
        """Whether this is a word of any known name, verified or not."""
        return word in self._all_words

    def all_namings(self) -> Iterator[tuple[Key, Naming]]:
        """Every verified name with what it stands for, in the order of the tables."""
        return ((key, naming) for key, namings in self._namings.items() for naming in namings)

    def longest(self) -> int:
        """The number of words of the longest verified name."""
        return max(map(len, self._namings), default=1)
