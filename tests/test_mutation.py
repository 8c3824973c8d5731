"""The figures of a mutation run are counted as they are."""

from tests.mutation import asked, counted, drawn, table

LINES = """
    core.domain.limits.x_room__mutmut_1: killed
    core.domain.limits.x_room__mutmut_2: timeout
    core.domain.limits.x_room__mutmut_3: survived
    core.domain.limits.x_room__mutmut_4: not checked
    core.domain.requests.cards.xǁCardǁshown__mutmut_1: no tests
    something else
"""


def test_what_was_tried_and_not_noticed_counts_against_it() -> None:
    assert counted(LINES.splitlines()) == {
        "core.domain.limits": {True: 2, False: 1},
        "core.domain.requests.cards": {False: 1},
    }
    assert table(counted(LINES.splitlines())).splitlines() == [
        " 66.7%      2 of     3  core.domain.limits",
        "  0.0%      0 of     1  core.domain.requests.cards",
        " 50.0%      2 of     4  all",
    ]


def test_a_module_draws_the_same_changes_whichever_others_are_there() -> None:
    limits, jobs = (
        [f"core.{room}.x_f__mutmut_{n}" for n in range(50)] for room in ("limits", "jobs")
    )
    both = drawn([*jobs, *limits], 5, seed=1)
    assert both == drawn(jobs, 5, seed=1) + drawn(reversed(limits), 5, seed=1)
    assert len(set(both)) == 10
    assert drawn(limits, 5, seed=2) != drawn(limits, 5, seed=1)
    assert sorted(drawn(limits, 99, seed=1)) == sorted(limits)


def test_a_change_is_asked_for_by_its_name_or_a_pattern() -> None:
    lines = [
        "core.domain.limits.x_a__mutmut_1: killed",
        "core.domain.limits.x_a__mutmut_11: killed",
        "core.domain.requests.x_b__mutmut_1: survived",
    ]
    assert asked(lines, []) == lines
    assert asked(lines, ["core.domain.limits.x_a__mutmut_1"]) == lines[:1]
    assert asked(lines, ["core.domain.limits*", "core.domain.requests.x_b__mutmut_1"]) == lines
    assert asked(lines, ["core.domain.requests*"]) == lines[2:]
