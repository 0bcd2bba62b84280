"""Folding: one surface for the ways to write one word, and no surface for two drugs."""

import csv
import re
from pathlib import Path

import pytest

from search.analysis.folding import fold_spelling, pieces
from search.analysis.word_lists import fold_rules
from tests.support.paths import DATA, ROOT, SHARED, needs_shared

CORPUS = ROOT / "corpus"
GOLDEN = DATA / "golden" / "folds.tsv"


def corpus_words(folder: Path) -> set[str]:
    """Every plain lower-case word of a folder of pages."""
    return {word for page in folder.rglob("*.md") for word in re.findall("[a-z]+", page.read_text("utf-8").lower())}


@pytest.mark.parametrize(
    ("written", "surface"),
    [
        ("Haemorrhage", "hemorrhage"),
        ("OEDEMA", "edema"),
        ("œdema", "edema"),
        ("hypocalcaemic", "hypocalcemic"),
        ("diarrhoea", "diarrhea"),
        ("tumours", "tumors"),
        ("hospitalised", "hospitalized"),
        ("naïve", "naive"),
        ("nai\u0308ve", "naive"),
        ("ﬁbrosis", "fibrosis"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("H₂O", "h2o"),
        ("µg", "mcg"),
        ("μg", "mcg"),
        ("mcg", "mcg"),
        ("α", "alpha"),
        ("John’s", "johns"),
        ("hypo\u00adcalcaemia", "hypocalcemia"),
    ],
)
def test_one_surface(written: str, surface: str) -> None:
    """Case, diacritics, ligatures, width, Greek letters, micro signs and British spelling fold to one surface."""
    assert [piece.surface for piece in pieces(written)] == [surface]


@pytest.mark.parametrize(
    "word",
    "angioedema gastroesophageal pemetrexed arise exercise alitretinoin loestrin leucovorin precise disease promise "
    "symmetrel trimetrexate gralise otherwise raise premise aerosol eosinophil".split(),
)
def test_words_no_rule_may_touch(word: str) -> None:
    """Rules act at the start of a morpheme: words that unguarded rules would maim stay as they are."""
    assert fold_spelling(word) == word


def test_folding_is_stable() -> None:
    """A folded word folds to itself, for all that the rules can make."""
    made = {*fold_rules().words.values(), *map(fold_spelling, corpus_words(CORPUS))}
    assert {word: fold_spelling(word) for word in made if fold_spelling(word) != word} == {}


def test_every_changed_word_of_the_corpus_is_listed() -> None:
    """Each word of our pages that a rule changes is in the golden list, so that a new rule shows what it does."""
    changed = {word: fold_spelling(word) for word in corpus_words(CORPUS) if fold_spelling(word) != word}
    listed = dict(line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines())
    assert changed == listed, (
        f"if every new line is right, write the list anew: python -m tests.search.analysis.test_folding > {GOLDEN}"
    )


@needs_shared
def test_british_and_american_spellings_meet() -> None:
    """Of the medical word pairs in the shared facts, all meet but those that no rule can know without harm."""
    apart = set()
    with (SHARED / "data/facts/uk_us_words.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["kind"] == "medical" and fold_spelling(row["uk"]) != fold_spelling(row["us"]):
                apart.add(row["uk"])
    assert "angioedema" in apart, "the table's error: angiedema is no word"
    assert len(apart) <= 31, sorted(apart)


@needs_shared
def test_no_drug_name_is_changed_into_a_stranger() -> None:
    """A drug name that a rule changes becomes another spelling of the same drug, itself a known name."""
    names = set()
    for table, columns in (
        ("core_drugs.tsv", ("inn", "brands_us", "brands_uk_intl")),
        ("drug_aliases.tsv", ("alias",)),
        ("us_brand_to_ingredient_drugsfda2019.tsv", ("brand", "ingredients")),
        ("drug_inn_usan_ban.tsv", ("inn_or_current_uk", "us_name", "old_ban_or_uk_combo")),
    ):
        with (SHARED / "data/facts" / table).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                names |= {word for column in columns for word in re.findall("[a-z]+", (row[column] or "").lower())}
    strangers = {name for name in names if fold_spelling(name) not in names}
    assert strangers == set()


if __name__ == "__main__":
    for word in sorted(corpus_words(CORPUS)):
        if fold_spelling(word) != word:
            print(word, fold_spelling(word), sep="\t")  # noqa: T201 # this prints the golden list
