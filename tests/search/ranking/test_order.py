"""The order of results: a key holds the rules in their order, and the first groups are those of the whole order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.model import TIERS
from search.query.named import NameLevel
from search.ranking.order import (
    MAX_RANKS,
    groups_in_order,
    monograph_keys,
    role_keys,
    section_keys,
    sections_in_order,
    unpacked,
    without_wording,
)
from search.ranking.plain_drugs import plain_first

RANK = st.integers(0, MAX_RANKS - 1)
SECTION = st.tuples(
    st.integers(0, 32), RANK, RANK, st.integers(0, len(TIERS) - 1), st.booleans(),
    st.sampled_from([0.0, 1.5, 1.5, 2.0, 7.25]),
)  # fmt: skip
GROUP = st.tuples(st.sampled_from(list(NameLevel)), st.booleans(), st.lists(SECTION, min_size=1, max_size=5))
GROUPS = st.lists(GROUP, min_size=1, max_size=30)

Section = tuple[int, int, int, int, bool, float]
Group = tuple[NameLevel, bool, list[Section]]


def _keys(sections: list[Section]) -> np.ndarray:
    missing, pages, roles, tiers, denied, _ = zip(*sections, strict=True)
    of_roles = role_keys(np.array(pages, np.uint8), np.array(roles, np.uint8), np.array(denied))
    return section_keys(np.array(missing, np.uint16), np.array(tiers, np.uint8)) | of_roles


@given(st.lists(SECTION, min_size=1, max_size=20))
def test_a_key_gives_back_what_was_packed(sections: list[Section]) -> None:
    """Needs not met, ranks of page and section, tier and denial; and keys compare as those do, one after the other."""
    keys = _keys(sections)
    assert [unpacked(int(key)) for key in keys] == [section[:5] for section in sections]
    by_key = sorted(range(len(sections)), key=lambda row: (int(keys[row]), row))
    assert by_key == sorted(range(len(sections)), key=lambda row: (*sections[row][:5], row))


def _best(group: Group) -> tuple[object, ...]:
    level, no_such, sections = group
    return min((int(level), *section[:5], no_such, -section[5]) for section in sections)


@given(GROUPS, st.integers(1, 8))
def test_groups_follow_the_rules(groups: list[Group], limit: int) -> None:
    """Name, missing, page, role, tier, denied, exists, score, id: as plain tuples compare; and so do the first few alone."""
    expected = sorted(range(len(groups)), key=lambda number: (_best(groups[number]), number))
    of_group = monograph_keys(
        np.array([level for level, _, _ in groups], np.uint8), np.array([no_such for _, no_such, _ in groups])
    )
    sections = [section for _, _, inside in groups for section in inside]
    group_of = np.repeat(np.arange(len(groups)), [len(inside) for _, _, inside in groups])
    scores = np.array([score for *_, score in sections])
    assert groups_in_order(of_group, _keys(sections), scores, group_of, None).tolist() == expected
    first = groups_in_order(of_group, _keys(sections), scores, group_of, limit).tolist()
    assert first[:limit] == expected[:limit]


@given(st.lists(SECTION, min_size=1, max_size=12), st.booleans())
def test_sections_of_a_monograph(sections: list[Section], by_page: bool) -> None:
    """Best first; by the page where it was asked for by its name alone."""
    scores = np.array([score for *_, score in sections])
    expected = sorted(
        range(len(sections)), key=lambda row: (*sections[row][:5], 0.0 if by_page else -sections[row][5], row)
    )
    assert sections_in_order(_keys(sections), scores, 10, by_page=by_page) == [10 + row for row in expected]


@given(st.lists(SECTION, min_size=1, max_size=12), st.booleans())
def test_to_be_compared_is_to_lose_the_wording(sections: list[Section], with_role: bool) -> None:
    """What is missing stays, the rank of the page where a role is asked for; tiers, denials and the section's rank count for nothing."""
    for key, (missing, page, *_) in zip(
        without_wording(_keys(sections), with_role=with_role).tolist(), sections, strict=True
    ):
        assert unpacked(key) == (missing, page if with_role else 0, 0, 0, False)


@given(
    st.permutations(range(12)), st.dictionaries(st.integers(0, 11), st.integers(0, 11), max_size=6), st.integers(1, 12)
)
def test_a_plain_drug_comes_before_its_combinations(order: list[int], plain: dict[int, int], first: int) -> None:
    """Each group once, each after its plain drug, the others as they were; and the first few are those of the whole order."""
    plain = {group: drug for group, drug in plain.items() if drug not in plain and drug != group}
    arranged = plain_first(order, lambda group: plain.get(group, -1))
    assert sorted(arranged) == sorted(order)
    assert all(arranged.index(drug) < arranged.index(group) for group, drug in plain.items())
    unmoved = [group for group in order if group not in plain.values()]
    assert [group for group in arranged if group not in plain.values()] == unmoved
    assert plain_first(order[:first], lambda group: plain.get(group, -1))[:first] == arranged[:first]
