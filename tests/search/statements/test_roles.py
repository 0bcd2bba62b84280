"""Which role a text gives to what it names; figures over labelled sentences of real pages: `python -m benchmarks.roles`."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.model import KINDS
from search.statements.cues import COLUMNS, TABLE, Scope, StatementRole, cues
from search.statements.roles import RoleRange, heading_role, role_ranges
from search.tables import read_table

M, C, T, D = StatementRole.MENTIONS, StatementRole.CAUSES, StatementRole.TREATS, StatementRole.DENIES
NOT, CARE = StatementRole.DO_NOT_USE, StatementRole.TAKE_CARE


def role_at(kind: str, heading: str, text: str, word: str) -> StatementRole:
    """The role of a text where a word begins for the first time."""
    at = text.index(word)
    return next(part.role for part in role_ranges(kind, heading, text) if part.start <= at < part.end)


@pytest.mark.parametrize(
    ("kind", "heading", "text", "word", "role"),
    [
        # The kind of the section decides where the words leave it open.
        ("uses", "Usage", "Hay fever\nItchy eyes", "Itchy", T),
        ("uses", "Usage", "Pain, cough.", "cough", T),
        ("uses", "Usage", "It is a medicine of the chest, and cough is a sign of illness.", "cough", M),
        ("side-effects", "Side Effects", "Nausea\nDry mouth (common)", "Dry", C),
        ("faqs", "Will I sleep?", "Yes, sleepiness is a common side effect.", "sleepiness", C),
        # A state of a person is no use and no side effect: what is treated in it is something else, and a harm in it warns.
        ("uses", "Usage", "Used for pregnancy.", "pregnancy", M),
        ("serious-side-effects", "Serious", "Malformations in pregnancy", "pregnancy", CARE),
        ("serious-side-effects", "Serious", "Malformations in pregnancy", "Malformations", C),
        ("serious-side-effects", "Serious", "Liver failure: yellow skin, dark urine", "yellow", C),
        ("contraindications", "Contraindications", "Porphyria\nGlaucoma", "Glaucoma", NOT),
        ("precautions", "Precautions", "Gout: attacks, so drink well.", "Gout", CARE),
        ("how-it-works", "How it Works", "It binds to a receptor of the stomach.", "stomach", M),
        ("interactions", "Interactions", "Warfarin: ask first", "Warfarin", M),
        ("dosage", "Dosage", "For colds one tablet a day.", "colds", M),
        # A denial does not reach over ", and the …".
        ("faqs", "What now?", "Harm may not show for days, and the antidote works best early.", "antidote", M),
        ("side-effects", "Side Effects", "It does not cause fits, but the cough can last.", "cough", C),
        ("faqs", "What harms?", "It leaves one enzyme idle and that does not sedate, hence cough.", "cough", M),
        # Nor does a bare "no" reach over a comma, a denial over a colon or into a bracket.
        ("faqs", "When should I worry?", "No urine, a hard belly.", "belly", M),
        ("faqs", "Which signs matter?", "Bleeding that will not stop, black stools.", "black", M),
        ("precautions", "Precautions", "Head: it does not treat injury (more deaths).", "deaths", M),
        ("precautions", "Precautions", "Pens: it does not help in a pump: overdose.", "overdose", M),
        ("side-effects", "Side Effects", "It does not cause sleepiness, fits or cramps.", "cramps", D),
        # "Without" is a circumstance, unless something is done without bringing it about.
        ("serious-side-effects", "Serious", "Low sugar, even without diabetes", "diabetes", M),
        ("uses", "Usage", "It helps without causing sleepiness.", "sleepiness", D),
        ("interactions", "Interactions", "Propranolol: wheeze; not together in asthma", "asthma", NOT),
        ("uses", "Usage", "It replaces a hormone. It must not be used for obesity: large amounts kill.", "obesity", NOT),
        # Causes.
        ("uses", "Usage", "It clears acne. It causes birth defects: nobody pregnant takes it.", "defects", C),
        ("uses", "Usage", "US boxed warning: strokes, and deaths in dementia.", "strokes", C),
        ("precautions", "Precautions", "Travel: it can cause fainting.", "fainting", C),
        ("faqs", "Can I stop it at once?", "No. Stopping at once can lead to seizures.", "seizures", C),
        ("faqs", "What are the side effects?", "Mostly wind and hiccups.", "hiccups", C),
        ("faqs", "What are the symptoms of an overdose?", "Confusion and slow breathing.", "Confusion", C),
        ("faqs", "May I drive?", "Taking it raises the risk of accidents.", "accidents", C),
        ("precautions", "Precautions", "Stopping: sweating, shaking.", "shaking", C),
        ("precautions", "Precautions", "Breastfeeding: watch the baby for sleepiness.", "sleepiness", C),
        ("about", "About", "Strong painkillers of this kind have caused addiction.", "addiction", C),
        ("precautions", "Precautions", "Sun: sunburn may occur.", "sunburn", C),
        ("interactions", "Interactions", "Warfarin: bleeding", "bleeding", C),
        # Treats: used for, relieves, prevents, reverses.
        ("uses", "Usage", "It is used to treat scabies.", "scabies", T),
        ("uses", "Usage", "Asthma: opens the airways.", "Asthma", T),
        ("uses", "Usage", "It prevents migraine.", "migraine", T),
        ("uses", "Usage", "Given by drip, it reverses opioid overdose.", "opioid", T),
        ("uses", "Usage", "It is often used to reduce the risk of stroke.", "stroke", T),
        ("how-it-works", "How it Works", "This relieves cramps.", "cramps", T),
        ("faqs", "What is it used for?", "Eczema and psoriasis.", "psoriasis", T),
        ("about", "About", "Usage: Relief of toothache.", "toothache", T),
        ("uses", "Usage", "Children: one size fits all.\nPrevention of malaria: travellers.", "malaria", T),
        ("uses", "Usage", "It is prescribed to people with high cholesterol.", "high", T),
        # Used in a state against something else: the state is mentioned.
        ("uses", "Usage", "Head injury: prevents seizures.", "Head", M),
        ("uses", "Usage", "Head injury: prevents seizures.", "seizures", T),
        ("uses", "Usage", "Throat infection with penicillin allergy: treats it.", "penicillin", M),
        # Warns: not in, never in, with care in.
        ("uses", "Usage", "It treats pain. Do not use in asthma.", "asthma", NOT),
        ("uses", "Usage", "It should not be taken in pregnancy.", "pregnancy", NOT),
        ("side-effects", "Side Effects", "It is contraindicated in epilepsy.", "epilepsy", NOT),
        ("uses", "Usage", "It should be used with caution in people with gout.", "gout", CARE),
        ("uses", "Usage", "It can be used cautiously in people with gout.", "gout", CARE),
        ("uses", "Usage", "It lowers blood pressure and the risk of stroke.", "stroke", T),
        ("uses", "Usage", "It treats allergy symptoms such as sneezing.", "sneezing", T),
        ("uses", "Usage", "An infection, often leading to dysentery", "dysentery", M),
        ("precautions", "Precautions", "Do not use: gout; kidney stones.", "kidney", NOT),
        ("precautions", "Precautions", "Do not use: gout. Tablets: kidney stones, porphyria.", "porphyria", NOT),
        ("precautions", "Precautions", "Older people: with care in dementia.", "dementia", CARE),
        ("precautions", "Precautions", "Heart: avoid after a heart attack.", "attack", NOT),
        ("faqs", "Who should not take it?", "Anyone with a bleeding disorder.", "bleeding", NOT),
        ("faqs", "Is it for all?", "People with glaucoma should avoid it.", "glaucoma", NOT),
        ("side-effects", "Side Effects", "Wheeze, above all in people with asthma", "asthma", CARE),
        ("precautions", "Precautions", "Angina: may worsen.", "Angina", C | CARE),
        ("interactions", "Interactions", "Not recommended in liver disease.", "liver", NOT),
        # Do not use, or take care: as the page says, whatever the section or the label says.
        ("precautions", "Precautions", "Porphyria: do not use.", "Porphyria", NOT),
        ("precautions", "Precautions", "Porphyria: not recommended.", "Porphyria", NOT),
        ("precautions", "Precautions", "Porphyria: avoid alcohol.", "Porphyria", CARE),
        ("contraindications", "Contraindications", "With caution in gout.", "gout", CARE),
        ("faqs", "What precautions are there?", "Gout and porphyria.", "Gout", CARE),
        # What the drug may worsen is caused, and a reason for care.
        ("precautions", "Precautions", "It may worsen heart failure.", "heart", C | CARE),
        ("precautions", "Precautions", "Psoriasis may flare.", "Psoriasis", C | CARE),
        ("contraindications", "Contraindications", "Asthma: may worsen.", "Asthma", C | NOT),
        ("side-effects", "Side Effects", "Worsening of asthma", "asthma", C),
        ("about", "About", "It does not worsen asthma.", "asthma", D),
        # Among uses a sentence of prose is a use only where it says so; what is discouraged is none.
        ("uses", "Usage", "Codeine is an opioid. Small overdoses kill through coma.", "coma", C),
        ("uses", "Usage", "Timolol is a beta blocker. Drops reach the blood and the lungs too.", "lungs", M),
        ("uses", "Usage", "Fever. Pain after an operation.", "Pain", T),
        ("uses", "Usage", "It is an old drug. Overdose blinds and kills.", "Overdose", M),
        ("uses", "Usage", "Prevention: in people losing salt through diarrhoea.", "diarrhoea", M),
        ("uses", "Usage", "Insomnia: discouraged.", "Insomnia", NOT),
        ("uses", "Usage", "Heart failure: treats it when other drugs are unsuitable.", "other", M),
        ("uses", "Usage", "Depression: first choice in the old.", "Depression", T),
        ("uses", "Usage", "Cancer with radiotherapy, leukaemia: treats it.", "radiotherapy", M),
        ("uses", "Usage", "Cancer with radiotherapy, leukaemia: treats it.", "leukaemia", T),
        ("uses", "Usage", "It treats pain. Look-alikes: gout.", "gout", M),
        ("uses", "Usage", "It lowers the seizure threshold.", "seizure", C),
        ("uses", "Usage", "With a diuretic in gout: prevents cramps.", "gout", M),
        ("uses", "Usage", "Itch in kidney failure: treats it.", "kidney", M),
        ("uses", "Usage", "High bleeding risk: preferred to others.", "bleeding", M),
        ("uses", "Usage", "Folate: prevents defects, more for women at higher risk (epilepsy).", "epilepsy", M),
        ("uses", "Usage", "Imaging of the brain (tumours, stroke)", "stroke", M),
        ("uses", "Usage", "Clots (in leg and lung), stroke: treats them.", "lung", T),
        ("uses", "Usage", "US boxed warning: strokes, any of which can kill.", "strokes", C),
        ("uses", "Usage", "Period pain: cramps on the days they occur.", "cramps", T),
        # Those that are warned are told by what they are at risk of.
        ("precautions", "Precautions", "Do not use: wounds with a high risk of bleeding, cirrhosis.", "bleeding", NOT),
        ("precautions", "Precautions", "Do not use: wounds with a high risk of bleeding, cirrhosis.", "cirrhosis", NOT),
        ("uses", "Usage", "It should not be used in people at risk of bleeding.", "bleeding", NOT),
        ("precautions", "Precautions", "Do not use: where aspirin has set off asthma; gout.", "asthma", NOT),
        ("precautions", "Precautions", "Do not use: not within a month of a stroke.", "stroke", NOT),
        ("precautions", "Precautions", "Rash: stop at once.", "Rash", C | CARE),
        ("precautions", "Precautions", "Other anaemias: not the treatment.", "Other", D),
        ("precautions", "Precautions", "Pregnancy: no rise in defects.", "defects", D),
        ("precautions", "Precautions", "Pregnancy: the level falls in pregnancy.", "in pregnancy", CARE),
        ("precautions", "Precautions", "Glaucoma, gout: it may worsen these.", "gout", C | CARE),
        ("precautions", "Precautions", "Fits: may make them worse.", "Fits", C | CARE),
        ("faqs", "May I drink?", "Alcohol can worsen drowsiness.", "drowsiness", C),
        ("precautions", "Precautions", "Pregnancy: often used in herpes; it may slow growth.", "herpes", M),
        ("precautions", "Precautions", "Pregnancy: often used in herpes; it may slow growth.", "growth", C),
        ("precautions", "Precautions", "Pregnancy: cleft lip.", "cleft", C),
        ("faqs", "What helps?", "The cause, perhaps pain, is found first.", "pain", M),
        ("faqs", "How do I take it?", "Take it with food to reduce stomach upset.", "stomach", C),
        ("faqs", "How do I take it?", "Take it with food, above all with pain.", "pain", M),
        ("faqs", "What now?", "With diarrhoea it is often paused.", "diarrhoea", CARE),
        ("faqs", "Is it for all?", "It is not suitable for everyone with gout.", "gout", M),
        ("uses", "Usage", "Acne. After pancreatitis it is never given again.", "pancreatitis", NOT),
        ("uses", "Usage", "It is recommended for:\nPeople with cirrhosis.", "cirrhosis", M),
        # Nor is what something else treats.
        ("faqs", "What if I bleed?", "Pressure usually controls bleeding.", "bleeding", M),
        ("faqs", "What may I eat?", "Managing diarrhoea is part of the diet.", "diarrhoea", M),
        ("faqs", "What else is there?", "Other medicines can treat colds.", "colds", M),
        ("faqs", "May I take it?", "Ask for a painkiller that does not bring on fits.", "fits", M),
        ("side-effects", "Side Effects", "Effects could include but are not limited to: rash.", "rash", C),
        ("precautions", "Precautions", "Do not use: for angina, nor ever after a stroke.", "stroke", NOT),
        ("faqs", "Why do I need tests?", "Kidneys can be harmed without pain, and a test shows it.", "pain", M),
        ("faqs", "Why am I taking this?", "Mostly for gout.", "gout", T),
        # What is used, licensed or forbidden in a state is no harm of the drug.
        ("precautions", "Precautions", "Age: only for gout.", "gout", M),
        ("precautions", "Precautions", "Pregnancy: given in anaphylaxis.", "anaphylaxis", M),
        ("precautions", "Precautions", "Age: licensed from 6 years for fever.", "fever", M),
        ("precautions", "Precautions", "Pregnancy: UK labels forbid it.", "Pregnancy", NOT),
        ("precautions", "Precautions", "Breastfeeding: not during treatment.", "Breastfeeding", NOT),
        ("precautions", "Precautions", "Liver: lower amounts, none in cirrhosis.", "cirrhosis", NOT),
        ("precautions", "Precautions", "Age: not licensed for acne.", "acne", NOT),
        ("precautions", "Precautions", "Do not use: nothing forbids it in anaphylaxis.", "anaphylaxis", M),
        ("precautions", "Precautions", "Do not use: not in known glaucoma.", "glaucoma", NOT),
        ("precautions", "Precautions", "Seizure risk: higher after a head injury.", "Seizure", C | CARE),
        ("precautions", "Precautions", "Seizure risk: higher after a head injury.", "head", CARE),
        ("precautions", "Precautions", "Early warning: vomiting is the first sign of too much.", "vomiting", C),
        ("interactions", "Interactions", "Fluoxetine: weakens pain relief.", "pain", M),
        ("interactions", "Interactions", "Dopamine: steep rise in pressure.", "pressure", C),
        ("side-effects", "Side Effects", "Reduced sweating", "sweating", C),
        ("side-effects", "Side Effects", "Contact dermatitis", "dermatitis", C),
        # Denies: does not happen, does not help.
        ("about", "About", "It does not cause drowsiness.", "drowsiness", D),
        ("about", "About", "It doesn’t usually cause constipation.", "constipation", D),
        ("about", "About", "There is no risk of dependence.", "dependence", D),
        ("uses", "Usage", "It does not relieve pain.", "pain", D),
        ("uses", "Usage", "It is not a cure for diabetes.", "diabetes", D),
        ("uses", "Usage", "It treats wet coughs, not dry coughs.", "dry", D),
        ("uses", "Usage", "Meningitis: it does not reach the brain.", "Meningitis", D),
        ("faqs", "Does it sedate?", "It eases itch without sedation.", "sedation", M),
        ("about", "About", "Neither cough nor wheeze was seen.", "wheeze", D),
        ("uses", "Usage", "It is not a first-line treatment for gout.", "gout", M),
        ("about", "About", "It does nothing for a cough.", "cough", D),
        ("uses", "Usage", "It kills bacteria but does not touch yeasts.", "yeasts", D),
        ("uses", "Usage", "Gout: does not treat arthritis (psoriasis).", "psoriasis", M),
        ("about", "About", "It is free of sedation.", "sedation", D),
        ("about", "About", "It has little or no effect on sleep.", "sleep", D),
        ("how-it-works", "How it Works", "It prevents nothing such as gout.", "gout", D),
        ("interactions", "Interactions", "Rifampicin: angina may escape.", "angina", C),
        ("uses", "Usage", "It is not approved for all seizures.", "seizures", M),
        ("uses", "Usage", "It is usually not used for gout.", "gout", D),
        ("uses", "Usage", "High sugar: by drip; ketoacidosis plans use another insulin.", "ketoacidosis", M),
        ("uses", "Usage", "Heart failure: stable disease; angina.", "angina", T),
        # A harm keeps its role beside a warning.
        ("faqs", "May I drink?", "Alcohol can cause drowsiness and should be avoided.", "drowsiness", C),
        ("uses", "Usage", "US boxed warning: it raises the risk of stroke and must not be used after surgery.", "stroke", C),
        ("uses", "Usage", "US boxed warning: more deaths in older people with dementia, for which it is not approved.", "deaths", C),
        ("uses", "Usage", "US boxed warning: deaths in older people with dementia, for which it is not approved.", "dementia", CARE),
        ("faqs", "What else?", "Overdose kills people with asthma.", "people", C),
        ("faqs", "What else?", "He may stop breathing again.", "breathing", M),
        ("faqs", "How do I stay well?", "Drink, to avoid stones.", "stones", M),
        ("faqs", "May I?", "It is best to avoid it in gout.", "gout", NOT),
        # A denial ends.
        ("about", "About", "It does not cause drowsiness, but it can cause headache.", "headache", C),
        ("about", "About", "It does not cause drowsiness; it may cause thirst.", "thirst", C),
        ("side-effects", "Side Effects", "Effects include but are not limited to: rash.", "rash", C),
        # Mentions: not known, another's effect, tell your doctor.
        ("about", "About", "There is no evidence that it causes cancer.", "cancer", M),
        ("about", "About", "It is not known whether it can cause cancer.", "cancer", M),
        ("faqs", "Before I start?", "Tell your doctor if you have had a stroke.", "stroke", M),
        ("precautions", "Precautions", "Pregnancy: can be used.", "Pregnancy", M),
        ("precautions", "Precautions", "Kidney: no change.", "Kidney", M),
        ("uses", "Usage", "It treats anaemia caused by kidney disease.", "kidney", M),
        ("how-it-works", "How it Works", "It blocks chemicals that cause fever.", "fever", M),
        ("precautions", "Precautions", "Stopping: reduce it slowly to prevent dizziness.", "dizziness", M),
        ("uses", "Limitations of use", "It is not for treating gout.", "gout", NOT),
        ("uses", "Limitations of use", "Mild gout", "gout", M),
        # A state of a person is never a use.
        ("uses", "Usage", "It is used for pain in pregnancy.", "pregnancy", M),
        ("uses", "Usage", "Breastfeeding: one tablet.", "Breastfeeding", M),
        ("uses", "Usage", "Pregnancy sickness", "Pregnancy", T),
        # What a line with a colon announces goes on in the lines after it.
        ("about", "About", "It is used for:\nRinging ears\nVertigo", "Vertigo", T),
        ("about", "About", "Why this is unlikely:\nIt stands here for asthma.", "asthma", M),
        ("uses", "Usage", "Do not use it in:\nGlaucoma\nGout", "Gout", NOT),
        ("uses", "Usage", "It treats infections. These can lead to trouble, such as:\nSepsis", "Sepsis", T),
        # Questions with their answers inside one text: the reasons after a No have roles of their own.
        ("faqs", "FAQs", "Q: Does it cause rash? A: No.", "rash", D),
        ("faqs", "FAQs", "Q: Can I take it in pregnancy? A: No, it can cause miscarriage.", "pregnancy", NOT),
        ("faqs", "FAQs", "Q: Can I take it in pregnancy? A: No, it can cause miscarriage.", "miscarriage", C),
        ("faqs", "Will I sleep?", "Does it cause rash? Ask.", "rash", M),
    ],
)  # fmt: skip
def test_roles(kind: str, heading: str, text: str, word: str, role: StatementRole) -> None:
    """What a place of a text is given, by its words, its label, its heading and the kind of its section."""
    assert role_at(kind, heading, text, word) is role


@pytest.mark.parametrize(
    ("heading", "text", "role"),
    [
        ("Will I get sleepy?", "No.", D),
        ("Is it addictive?", "No, it is not.", D),
        ("Does it cause weight gain?", "Not usually.", D),
        ("Will it make me drowsy?", "It is likely.", C),
        ("Is it addictive?", "Yes, above all at high doses.", C),
        ("Can I take it in pregnancy?", "No.", NOT),
        ("Is it safe in kidney disease?", "No, another drug is chosen.", NOT),
        ("Is it safe in kidney disease?", "Yes.", M),
        ("Is it safe in kidney disease?", "It is used with caution.", CARE),
        ("Q: Is it safe in pregnancy?", "A: It is not recommended.", NOT),
        ("Is it enough for anaphylaxis?", "No. Call an ambulance.", M),
        ("Does it treat nail fungus?", "No, that is another cream.", D),
        ("Can I use it for a cold?", "No.", D),
        ("Does everybody on it get a rash?", "No, but many do.", M),
        ("I have a fever. Can it wait?", "No.", C),
        ("I ran out. Can it wait?", "No.", M),
        ("Gran is muddled since she takes it. Could it be?", "Yes, above all with weak kidneys.", C),
        ("I coughed with ramipril; will this do it?", "It is unlikely.", D),
        ("Is grapefruit a problem?", "No known one.", D),
        ("What about drowsiness?", "It varies.", M),
        ("My ankles swell. Will a water tablet help?", "No.", M),
        ("Can I take it if pregnant?", "Ask. Risks are carefully considered.", CARE),
        ("Can sunshine cause burns?", "No.", M),
        ("I had bulimia. Is it ruled out?", "Yes, fits are likelier.", NOT),
        ("I am allergic to sulfa. May I take it?", "US labels say no.", NOT),
        ("Can I drink wine?", "It deepens sleep; best left out.", NOT),
        ("Who should not take it for gout?", "People with kidney stones.", M),
    ],
)
def test_a_question_takes_the_role_of_its_answer(heading: str, text: str, role: StatementRole) -> None:
    """No to "does it cause" denies, No to "may I" warns, No to "is it enough" is neither."""
    assert heading_role("faqs", heading, text) is role


def test_a_heading_that_is_no_question_takes_the_role_of_its_section() -> None:
    """What stands above a list of side effects is one; what stands above limitations is no use."""
    assert heading_role("side-effects", "Nausea", "Common.") is C
    assert heading_role("uses", "Gout", "") is T
    assert heading_role("uses", "Limitations of use", "") is M


TEXTS = st.text(alphabet="no İé().:;?\n-,QA", max_size=40) | st.lists(
    st.sampled_from(
        "Pregnancy: Q: A: No. not cause causes treats it avoid in (risk of ) ; - but ? \n İ does Do use: people with".split(
            " "
        )
    ),
    max_size=25,
).map(" ".join)


@settings(deadline=None)
@given(kind=st.sampled_from(KINDS), heading=TEXTS, text=TEXTS)
def test_ranges_cover_the_text(kind: str, heading: str, text: str) -> None:
    """Whatever the text, ranges ascend, do not overlap, are not empty, and cover it from its first character to its last."""
    reached = 0
    for part in role_ranges(kind, heading, text):
        assert isinstance(part, RoleRange)
        assert part.start == reached < part.end
        reached = part.end
    assert reached == len(text)
    assert heading_role(kind, heading, text) in StatementRole


def test_the_table_of_cues() -> None:
    """Each row compiles, has a role and a scope that are known, says where it comes from, and has a first word to be found by."""
    rows = list(read_table(TABLE, COLUMNS))
    assert len(rows) == len(cues()) >= 100
    for row, cue in zip(rows, cues(), strict=True):
        assert row["role"] in {role.name.lower() for role in StatementRole.__members__.values()}
        assert row["scope"] in {scope.value for scope in Scope}
        assert set(row["source"].split(", ")) <= {"own", "NegEx", "ConText"}
        assert " " not in re.sub(r"\{adv\}", "", cue.head.pattern)
        assert not cue.pattern.match("")


def test_offsets_where_lower_case_is_longer() -> None:
    """İ has two characters in lower case, and moves nothing."""
    text = "İİİ. It does not cause fever."
    assert role_at("about", "About", text, "fever") is D
    assert role_ranges("about", "About", text)[-1].end == len(text)
