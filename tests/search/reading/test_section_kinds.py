"""Labels to kinds, wording to notices: by patterns in data files."""

import pytest

from search.reading.section_kinds import is_notice, label_kind, says_no_such_product


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Usage", "uses"), ("Usage (Individual Components)", "uses"), ("Indications and Usage", "uses"), ("What is it used for", "uses"),
        ("Side Effects", "side-effects"), ("Less common side effects (1-10%)", "side-effects"), ("Adverse reactions", "side-effects"),
        ("Rare but serious side effects", "serious-side-effects"), ("Serious, but less common side effects", "serious-side-effects"),
        ("Boxed Warning", "serious-side-effects"), ("Contraindications", "contraindications"), ("Precautions", "precautions"),
        ("Warnings and Precautions", "precautions"), ("Pregnancy and Lactation", "pregnancy"), ("Drug Interactions", "interactions"),
        ("How it Works", "how-it-works"), ("Mechanism of Action", "how-it-works"), ("FAQs", "faqs"), ("Dicloxacillin FAQs", "faqs"),
        ("FAQs (Hypothetical Combination)", "faqs"), ("Frequently Asked Questions", "faqs"), ("Pediatric Dosage", "dosage"),
        ("Dosage Adjustments", "dosage"), ("Administration", "dosage"), ("Generic Name (Components)", "generic-name"),
        ("Important Disclaimer", "disclaimer"), ("Important Note", "note"), ("In summary", "about"), ("Paracetamol (Acetaminophen)", None),
        ("Osteoporosis", None), ("1. Usage", "uses"),
    ],
)  # fmt: skip
def test_label_kinds(label: str, kind: str | None) -> None:
    """A label has the kind that its words say, whatever its suffix; an unknown one has none."""
    found = label_kind(label)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("This page is AI-generated and may not be accurate.", True),
        ("The information is crowd-sourced.", True),
        ("This is for general knowledge and does not constitute medical advice.", True),
        ("For external use only.", False),
        ("Do not use it near the eyes.", False),
        ("Ask a doctor for advice before use.", False),
    ],
)
def test_notices_are_told_by_their_wording(text: str, *, notice: bool) -> None:
    """A note is a notice when it speaks of the page, not when it speaks of the drug."""
    assert is_notice(text) is notice


@pytest.mark.parametrize(
    ("lead", "suffixes", "none"),
    [
        ("There is no medication called by this name.", "", True),
        ("There is no commercially available drug that combines the two.", "", True),
        ("", "Hypothetical Combination", True),
        ("This combination does not exist.", "", True),
        ("There is no single generic name for it.", "", False),
        ("It is not commonly available, but is used in hospitals.", "", False),
        ("There is no cure for the disease that it treats.", "", False),
    ],
)
def test_no_such_product(lead: str, suffixes: str, *, none: bool) -> None:
    """A page is marked only when its own words say that its product does not exist."""
    assert says_no_such_product(lead, suffixes) is none
