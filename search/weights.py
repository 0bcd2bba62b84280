"""The relevance numbers, each with its reason, and the one formula that uses them. Knows nothing of postings or queries.

BM25F: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, §3.6. The occurrences of a word
in the fields are weighed, added, and only then saturated, so a word in the heading and in the text is not counted as two words.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

FIELD_WEIGHTS: Final = (2.0, 3.0, 1.0)
"""names, heading, text. A heading says what all of its text is about. A name stands over every section of its page, so it tells
pages apart but not sections; who is asked for by name is decided before any score (`names`), so its weight need not be high."""

FIELD_B: Final = (0.3, 0.3, 0.75)
"""How far length is held against a field. Names and headings are short, and a long one (a question) is not padding; text takes
the usual .75."""

K1: Final = 1.2
"""Saturation, the usual value: a section that says "nausea" four times is not four times as much about it."""

FUNCTION_WORD_SHARE: Final = 0.05
"""What a function word of the query adds beside the required words: enough to order "what if I miss a dose?" before other answers
on missed doses, too little to lift one drug over another."""

KIND_WEIGHT: Final = 4.0
"""What a section of the asked kind weighs for the words that ask for it ("mechanism"): about as much as a rare word in the
heading, so that the section meant comes before a passing mention of its name."""

KIND_STEP: Final = 0.75
"""Each next kind that may be meant weighs this much of the one before: side effects before the serious ones."""

RAISED_WITHOUT_DRUG: Final = 1.0
"""The same where a question names no drug ("which drugs cause gout"): a page that lists the finding as such answers it, one that
is treated with it does not. Of the first ten on the real pages, over 30 findings, .72 listed it as a side effect at .25, all at 1;
"used to treat" .74 and .93 (`python -m benchmarks.findings`)."""

RAISED_SHARE: Final = 0.25
"""How much of the best score a section of the kind that a question means is raised by: enough to order sections of one page, too
little to turn a page about one word into the answer to three."""


def inverse_document_frequency(sections: int, frequency: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """ln(1 + (N − n + ½)/(n + ½)), never negative; `frequency` is (terms,) int64, the sections that hold each term."""
    return np.log1p((sections - frequency + 0.5) / (frequency + 0.5))


def bm25f(
    frequencies: npt.NDArray[np.float64],
    lengths: npt.NDArray[np.float64],
    mean_lengths: npt.NDArray[np.float64],
    idf: npt.NDArray[np.float64],
) -> npt.NDArray[np.float32]:
    """The weight of each posting.

    Args:
        frequencies: (fields, postings), how often the term stands in each field of the section.
        lengths: (fields, postings), the length in tokens of that field of the section.
        mean_lengths: (fields,), the mean length of each field over all sections, above 0.
        idf: (postings,), the inverse document frequency of each posting's term.

    Returns:
        (postings,) float32.
    """
    total = np.zeros(frequencies.shape[1])
    for field, (weight, b) in enumerate(zip(FIELD_WEIGHTS, FIELD_B, strict=True)):
        total += weight * frequencies[field] / (1 - b + b * lengths[field] / mean_lengths[field])
    result: npt.NDArray[np.float32] = (idf * total * (K1 + 1) / (K1 + total)).astype(np.float32)
    return result
