"""What is said under words that may have been posted before: nobody shall think that a video was
made or paid twice."""

from core.i18n import text
from core.messages import Outbound


def doubtful(message: Outbound) -> Outbound:
    """The message with a line that says so, in its own language."""
    key = "result.maybe_twice" if message.video else "result.maybe_twice_words"
    return message.saying(f"{message.text}\n\n{text(key, message.language)}", message.spans)
