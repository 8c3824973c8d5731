"""The figures of a mutation run are counted as they are."""

from tests.mutation import counted, table

LINES = """
    core.limits.x_room__mutmut_1: killed
    core.limits.x_room__mutmut_2: timeout
    core.limits.x_room__mutmut_3: survived
    core.limits.x_room__mutmut_4: not checked
    core.jobs.cards.xǁCardǁshown__mutmut_1: no tests
    something else
"""


def test_what_was_tried_and_not_noticed_counts_against_it() -> None:
    assert counted(LINES.splitlines()) == {"core.limits": {True: 2, False: 1}, "core.jobs.cards": {False: 1}}
    assert table(counted(LINES.splitlines())).splitlines() == [
        "  0.0%      0 of     1  core.jobs.cards",
        " 66.7%      2 of     3  core.limits",
        " 50.0%      2 of     4  all",
    ]
