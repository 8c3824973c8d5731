"""Why a file cannot be used, by what the sender can do about it."""


class MediaError(Exception):
    """A file cannot be sent on.

    MediaError
    ├── UnsupportedMedia   a kind that neither the backend takes nor we convert
    ├── PictureTooLarge    more pixels than we decode
    ├── TooMuchTogether    more bytes than the files of one request may have
    ├── DamagedFile        empty, cut off or not what it claims to be
    ├── NoVideo            what was handed out as the finished video is none, or none that can be played
    └── ConverterMissing   this installation leaves out the converter (the extra `media`)
    """


class UnsupportedMedia(MediaError):
    """`extension` names the kind if it was recognised, else it is empty."""

    def __init__(self, extension: str) -> None:
        super().__init__(extension or "unknown kind")
        self.extension = extension


class PictureTooLarge(MediaError):
    """More pixels than `limit`; `pixels` is 0 where even counting them was refused."""

    def __init__(self, pixels: int, limit: int) -> None:
        super().__init__(f"{pixels} pixels, limit {limit}")
        self.pixels, self.limit = pixels, limit


class TooMuchTogether(MediaError):
    """With this file the request has more than `limit` megabytes, as the operator allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit {limit} MB")
        self.limit = limit


class DamagedFile(MediaError):
    """The file cannot be read to its end."""


class NoVideo(MediaError):
    """`broken`: it begins like a film, so somebody may be able to make something of it."""

    def __init__(self, *, broken: bool) -> None:
        super().__init__("broken" if broken else "something else")
        self.broken = broken


class ConverterMissing(MediaError):
    """PyAV is not installed."""
