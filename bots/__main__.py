"""The beginning of the process: a plain run without arguments, else the command line."""

import sys

from bots.environment import close_streams, open_streams
from bots.garbage import collect_nothing_yet, keep_what_is_there

ENDED_BY_HAND = 130


def main() -> None:
    """Do what was asked for; ends the process."""
    open_streams()
    try:
        collect_nothing_yet()
        if sys.argv[1:]:
            _command()
        sys.exit(_run())
    finally:
        close_streams()


def _command() -> None:
    from bots.commands import app  # its library is for those who say what they want

    keep_what_is_there()
    app()


def _run() -> int:
    import asyncio

    from bots.ending import code
    from bots.environment import variables
    from bots.serving import serve

    try:
        return code(lambda: asyncio.run(serve(variables())))
    except KeyboardInterrupt:
        return ENDED_BY_HAND
    except BrokenPipeError:  # whoever read what is printed has gone
        return 1


if __name__ == "__main__":
    main()
