# The commands of this project, for those who have just (https://just.systems); most are one line without it as well.

python := ".venv/bin/python"

_list:
    @just --list --unsorted

# everything that has to pass, as .ci/run does it
check:
    .ci/run

# linters, types and the tests that need no socket and no process, in less than a minute
quick:
    #!/bin/sh
    .venv/bin/mypy & types=$!
    .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/lint-imports --no-cache && .venv/bin/vulture \
      && .venv/bin/pytest --no-cov -n 2 tests/core --ignore=tests/core/media --ignore=tests/core/workshop --ignore=tests/core/files --ignore=tests/core/runtime --ignore=tests/core/nemo/test_fuzz.py --ignore-glob='*/test_client*'
    rest=$?
    wait $types && exit $rest

# what .env.example and docs/ take from the code, written anew
docs:
    {{ python }} -m tests.pages

# size and shape of the house (`--long`: what is longer than aimed at; `--walk`: where a photo goes; `--page`: docs/measures.md)
measures *options:
    {{ python }} -m tests.measures {{ options }}

# the bot killed at random instants, and at every durable boundary
kill *options:
    {{ python }} -m tests.kill {{ options }}

# slow, resetting, refusing, talking nonsense or away: backend and platforms at every moment of a wish
faults *options:
    {{ python }} -m tests.faults {{ options }}

# several processes on one Postgres as fast as they can, and planted faults that have to be found
hammer *options:
    {{ python }} -m tests.hammer {{ options }}

# readers of what comes from outside, fed with any bytes
fuzz *options:
    {{ python }} -m tests.fuzz {{ options }}

# an hour of steady load: memory, files, threads, database
soak *options:
    {{ python }} -m tests.soak {{ options }}

# a thousand people at once
burst *options:
    {{ python }} -m tests.burst {{ options }}

# how fast it is and what it takes, beside bare scripts that do the same (`--short`: a look; names: some of them)
bench *options:
    {{ python }} -m benchmarks {{ options }}

# which rules of the backend's description are kept, and by which test
contract:
    {{ python }} -m tests.contract

# how well sentences are understood, in every language
phrases:
    {{ python }} -m tests.phrases

# every adapter broken in one thing after the other: whether their suite notices
planted *platforms:
    {{ python }} -m tests.planted {{ platforms }}

# the pure modules changed in one place after the other: how many changes tests/core notices (`--sample 20`: of some)
mutate *modules:
    nice {{ python }} -m tests.mutation {{ modules }}
