"""Sentences in which a "no", "not", "never" or "without" is near what is named: what it reaches, and what it then says.

*It does not happen* and *do not do this* are two things: the first denies, the second warns (docs/safety-rules.md#rule-16).
"""

import pytest

from search.statements.cues import WARNINGS, StatementRole
from search.statements.roles import heading_role, role_ranges

C, T, W, D = StatementRole.CAUSES, StatementRole.TREATS, WARNINGS, StatementRole.DENIES


def role_at(kind: str, text: str, word: str) -> StatementRole:
    """The role of a text of a section of this kind where a word begins for the first time; both kinds of warning as `WARNINGS`."""
    at = text.index(word)
    heading = {"uses": "Usage", "precautions": "Precautions", "interactions": "Interactions"}.get(kind, "Side Effects")
    role = next(part.role for part in role_ranges(kind, heading, text) if part.start <= at < part.end)
    return role | WARNINGS if role & WARNINGS else role


@pytest.mark.parametrize(
    ("kind", "text", "word", "role"),
    [
        ("uses", "Never under 2 years (fatal respiratory depression).", "2 years", W),
        ("precautions", "Not for children under 12 (deaths from slow breathing).", "children", W),
        ("precautions", "Do not use it in pregnancy (miscarriage, birth defects).", "pregnancy", W),
        ("uses", "Must not be given to newborns (it has caused kernicterus).", "kernicterus", C),
    ],
)
def test_a_parenthesis_gives_the_reason(kind: str, text: str, word: str, role: StatementRole) -> None:
    """What brackets hold after a prohibition is the harm that it is for: it happens. What is prohibited before them is warned of."""
    assert role_at(kind, text, word) == role


@pytest.mark.parametrize(
    ("kind", "text", "word", "role"),
    [
        # ", and must not" says a second thing of the drug; what it raises the risk of stays claimed.
        ("uses", "It raises the risk of heart attack, stroke, and must not be used around surgery.", "surgery", W),
        # "Without" reaches its noun, not the verb that follows.
        ("uses", "With a womb, estradiol without a progestogen causes cancer of the womb lining.", "cancer", C),
        ("uses", "Oestrogen without a progestogen raises the risk of womb cancer.", "cancer", C),
        ("precautions", "A dose without food can cause vomiting.", "vomiting", C),
        # Behind a closed bracket the list goes on as before it.
        ("uses", "Boxed warning: harm to the baby (never in pregnancy outside cancer), severe allergy.", "allergy", C),
        (
            "uses",
            "Boxed warning: harm to the baby (never in pregnancy outside cancer), severe allergy.",
            "pregnancy",
            W,
        ),
        ("side-effects", "Rash (not in children), fever", "fever", C),
        ("side-effects", "Tiredness (does not last), headache", "headache", C),
        # "Who cannot" says which people, and never reaches back to what is treated in them.
        ("uses", "Atrial fibrillation in people who cannot take warfarin", "Atrial", T),
        ("uses", "Pain in people who cannot swallow tablets", "Pain", T),
        ("uses", "Skin infection in adults who do not tolerate penicillin", "Skin", T),
    ],
)
def test_a_denial_ends(kind: str, text: str, word: str, role: StatementRole) -> None:
    """At a bracket, at a finite verb that follows, at ", and must not"; and "who cannot" does not reach back."""
    assert role_at(kind, text, word) == role


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Coronary disease without an event, acute stroke or TIA: prevents events.", "stroke"),
        ("Coronary disease without an event, acute stroke or TIA: prevents events.", "TIA"),
        ("Chest infection without fever, acute bronchitis: treats it.", "bronchitis"),
        ("Migraine without aura, cluster headache: stops an attack.", "cluster"),
    ],
)
def test_without_reaches_one_noun(text: str, word: str) -> None:
    """Uses in a list: the drug is used in each of them, the second too."""
    assert role_at("uses", text, word) != D


@pytest.mark.parametrize(
    ("kind", "text", "word"),
    [
        ("uses", "It must never be given intrathecally.", "intrathecally"),
        ("uses", "It must never be injected into an artery.", "artery"),
        ("uses", "Never for anyone with asthma: it can provoke a fatal attack.", "asthma"),
        ("precautions", "Never for anyone with epilepsy.", "epilepsy"),
        ("precautions", "Nobody with heart block may take it.", "heart block"),
        ("precautions", "People with heart block must not have it.", "heart block"),
        ("interactions", "Timolol drops: they block its effect; not together in asthma.", "asthma"),
        ("interactions", "Never together with nitrates.", "nitrates"),
    ],
)
def test_what_must_not_be_done_is_a_warning(kind: str, text: str, word: str) -> None:
    """*Do not do this* says that harm would come of it: never that something does not happen."""
    assert role_at(kind, text, word) is W


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Get emergency help at once, even if you feel well.", "emergency"),
        ("Get emergency help at once, even if you feel well.", "feel well"),
        ("Too much: call for help at once, even when nothing hurts and there is no vomiting.", "help"),
        ("See a doctor about a rash, even if it does not itch.", "rash"),
        ("Do not drive when you feel dizzy.", "dizzy"),
        ("Never ignore chest pain.", "chest"),
    ],
)
def test_advice_is_no_denial(text: str, word: str) -> None:
    """What a person is told to do, and when, says of nothing that it does not happen."""
    assert role_at("precautions", text, word) != D


@pytest.mark.parametrize(
    ("kind", "text", "word", "role"),
    [
        ("uses", "Never under 2 years (fatal respiratory depression).", "respiratory", C),
        ("uses", "US boxed warnings: never under 2 years (fatal respiratory depression).", "respiratory", C),
        ("precautions", "Not for children under 12 (deaths from slow breathing).", "deaths", C),
        ("precautions", "Do not use it in pregnancy (miscarriage, birth defects).", "miscarriage", C),
        ("precautions", "Do not use it in pregnancy (miscarriage, birth defects).", "birth", C),
        ("uses", "It raises the risk of heart attack, stroke, and must not be used around surgery.", "heart", C),
        ("uses", "It raises the risk of heart attack, stroke, and must not be used around surgery.", "stroke", C),
        ("uses", "It causes drowsiness, falls, and should not be used before driving.", "falls", C),
        ("side-effects", "It can bring on gout, cramps, and must never be taken with lithium.", "cramps", C),
        ("precautions", "Do not drink grapefruit juice.", "grapefruit", W),
        ("contraindications", "Severe liver disease (cirrhosis).", "cirrhosis", W),
    ],
)
def test_a_warning_goes_no_further_than_it_is_said(kind: str, text: str, word: str, role: StatementRole) -> None:
    """Neither into the bracket that gives its reason, nor back over what a verb before it says that the drug does."""
    assert role_at(kind, text, word) == role


M = StatementRole.MENTIONS


@pytest.mark.parametrize(
    ("kind", "text", "word", "role"),
    [
        # A verb of harm says what happens, among uses too; what it happens in is no use.
        ("uses", "Quinine treats malaria. Overdose blinds and kills.", "Overdose", M),
        ("uses", "Quinine treats malaria. Overdose blinds and kills.", "blinds", C),
        ("uses", "It replaces salts. Given fast into a vein it stops the heart.", "heart", C),
        ("uses", "Too much paralyses breathing.", "breathing", C),
        ("uses", "Quickly into a vein it is fatal. It treats cramps.", "cramps", T),
        # What has come already is treated, and what it comes back after is no harm of the antidote.
        ("precautions", "Pregnancy: overdose must be treated; it endangers the baby.", "overdose", M),
        ("precautions", "Caution: low sodium must be corrected.", "low sodium", W),
        ("uses", "It is the antidote to opium poisoning.", "poisoning", T),
        ("side-effects", "Sleep that returns when the antidote wears off", "Sleep", M),
        # The company of a use.
        ("uses", "Angina without heart failure: lowers the need for care.", "heart", M),
        ("uses", "Angina without heart failure: lowers the need for care.", "Angina", T),
        ("uses", "Stupor (confusion in liver failure), gout: treats it.", "liver", M),
        ("uses", "Stupor (confusion in liver failure), gout: treats it.", "gout", T),
        ("uses", "Focal seizures: treats them; absence seizures may worsen.", "Focal", T),
        ("uses", "Focal seizures: treats them; absence seizures may worsen.", "absence", C),
        ("uses", "Focal seizures: treats them; absence ones may worsen.", "Focal", T | C),
        ("uses", "Into a muscle (slower; not first choice in fits).", "fits", M),
        # A harm in people who have something warns of that.
        ("side-effects", "Stroke in dementia: weakness, lost speech", "dementia", W),
        ("side-effects", "Stroke in dementia: weakness, lost speech", "Stroke", C),
        ("side-effects", "Wheeze in severe asthma", "asthma", W),
        ("side-effects", "Stroke in older people with gout: weakness", "gout", W),
        ("side-effects", "Increase in asthma attacks", "asthma", C),
        ("precautions", "Older people: falls; dementia brings stroke.", "dementia", W),
        ("precautions", "Older people: falls; dementia brings stroke.", "stroke", C),
        ("precautions", "Driving: epilepsy must be reported.", "epilepsy", M),
        ("precautions", "Children: in seizures under hospital care.", "seizures", M),
        ("uses", "Boxed warning: older people with dementia die more often.", "dementia", W),
        ("uses", "Boxed warning: older people with dementia die more often.", "die", C),
        ("side-effects", "Phaeochromocytoma crisis", "Phaeo", W),
        # Another drug becomes toxic by it: that is no harm of this one.
        ("interactions", "Digoxin: low potassium makes it toxic; measure it", "low potassium", M),
        ("interactions", "Furosemide: low potassium", "low potassium", C),
        ("interactions", "Midazolam: deep sedation; avoid or lower them", "sedation", M),
        ("interactions", "Midazolam: deep sedation; watch", "sedation", C),
        # All that stands after "Do not use" is not to be used.
        ("precautions", "Do not use: allergy; nor an MAOI for a week; gout.", "MAOI", W),
        ("precautions", "Do not use: allergy; nor an MAOI for a week; gout.", "gout", W),
        ("precautions", "Do not use: any risk of long QT, porphyria.", "long", W),
        ("precautions", "Do not use: any risk of long QT, porphyria.", "porphyria", W),
        ("precautions", "Do not use: gout is no contraindication.", "gout", M),
        ("precautions", "Do not use: gout. Not a treatment of head injury (more deaths).", "head", W | D),
        ("precautions", "Do not use: gout. Not a treatment of head injury (more deaths).", "deaths", C),
        # The verb is no fall.
        ("how-it-works", "Resistance in small arteries falls as well.", "falls", M),
        ("precautions", "Kidney: clearance falls.", "falls", M),
        ("interactions", "Levonorgestrel: falls slightly", "falls", M),
        ("side-effects", "Dizziness and falls", "falls", C),
        ("side-effects", "Falls, fractures", "Falls", C),
        ("interactions", "Lactulose: potassium falls further", "falls", C),
    ],
)
def test_what_a_trial_saw_read_wrongly(kind: str, text: str, word: str, role: StatementRole) -> None:
    """Each kind of reading that a safety trial over the starter pages found wrong, and what it must not spoil."""
    assert role_at(kind, text, word) == role


@pytest.mark.parametrize("text", ["Paracetamol, not ibuprofen.", "Paracetamol; not ibuprofen or aspirin."])
def test_an_answer_that_names_what_to_take_denies_nothing(text: str) -> None:
    """What is said as "X, not Y" to a question of what to take: Y is not to be taken."""
    assert role_at("faqs", text, "ibuprofen") == W


def test_what_is_not_treated_from_a_shop_may_be_treated() -> None:
    """Whether a reader may treat it alone is another question than whether it is treated."""
    heading, answer = "Can I treat an overdose with tablets from a shop?", "No. Go to hospital."
    assert heading_role("faqs", heading, answer) == M
