"""Why a file cannot be used, by what the sender can do about it."""


class MediaError(Exception):
    """A file cannot be sent on.

    MediaError
    ├── UnsupportedMedia  a kind that neither the backend takes nor we convert
    │   └── RawPhoto      what a camera's sensor saw, before it is a picture
    ├── PictureTooLarge   more pixels than we decode
    ├── TooMuchTogether   more bytes than the files of one request may have
    ├── SoundTooLong      more seconds than we convert
    ├── DamagedFile       empty, cut off or not what it claims to be
    │   └── TooSlow       its conversion was given up
    ├── Occupied          others are converting: ask again in a while
    ├── DoesNotFit        no copy of so few bytes would show anything
    ├── NoVideo           what was handed out as the finished video is none, or none that plays
    └── ConverterMissing  this installation leaves out the converter (the extra `media`)
    """


class UnsupportedMedia(MediaError):
    """`extension` names the kind if it was recognised, else it is empty."""

    def __init__(self, extension: str) -> None:
        super().__init__(extension or "unknown kind")
        self.extension = extension


class RawPhoto(UnsupportedMedia):
    """`extension` is the usual one of its maker, else `raw`. The thumbnail in it must not pass for
    the photo."""


class PictureTooLarge(MediaError):
    """More pixels than `limit`; `pixels` is 0 where even counting them was refused."""

    def __init__(self, pixels: int, limit: int) -> None:
        super().__init__(f"{pixels} pixels, limit {limit}")
        self.pixels, self.limit = pixels, limit


class SoundTooLong(MediaError):
    """More than so many `seconds` of sound."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"limit {seconds:g} s")
        self.seconds = seconds


class TooMuchTogether(MediaError):
    """With this file the request has more than `limit` megabytes, as the operator allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit {limit} MB")
        self.limit = limit


class DamagedFile(MediaError):
    """The file cannot be read to its end."""


class TooSlow(DamagedFile):
    """Whether it is damaged is not known."""


class Occupied(MediaError):
    """All places are taken; nothing was done. In so many `seconds` one may be free."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class DoesNotFit(MediaError):
    """Nothing would be seen in a copy of so few bytes; `limit` in bytes, 0 where it is too long for
    any."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit {limit} bytes")
        self.limit = limit


class NoVideo(MediaError):
    """`broken`: it begins like a film, so somebody may be able to make something of it."""

    def __init__(self, *, broken: bool) -> None:
        super().__init__("broken" if broken else "something else")
        self.broken = broken


class ConverterMissing(MediaError):
    """PyAV is not installed."""
