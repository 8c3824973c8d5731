"""The styles of the music, and how loud it is."""

from bots.sandbox.standin.draft import (
    Bed,
)

STYLES = {
    "soft": ("Soft Morning", "轻柔晨光"),
    "lofi": ("Lo-fi", "Lo-fi 慵懒节拍"),
    "upbeat": ("Bright Day", "晴朗的一天"),
    "epic": ("Wide Horizon", "壮阔天际"),
    "piano": ("Quiet Piano", "静谧钢琴"),
    "electronic": ("Night Drive", "夜行电子"),
}
"""Keys of the music styles with their names in English and Chinese."""
UNDER_VOICE = 0.15
"""Volume of the music while somebody speaks."""


def bed(style: str, language: str, volume: float) -> Bed:
    """Music of a style under its name in the user's language."""
    return Bed(style, STYLES[style][language == "zh"], volume)
