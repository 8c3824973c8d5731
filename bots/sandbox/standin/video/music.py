"""The music bed: soft chords, plucked notes and a light beat, written as formulas for FFmpeg's tone
generator."""

from dataclasses import dataclass

RATE = 48000

Chord = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """A mood. Chords are MIDI note numbers, one chord a bar of four beats; `pluck` and `beat` are
    loudnesses 0-1."""

    name: str
    beats_per_minute: int
    chords: tuple[Chord, Chord, Chord, Chord]
    pluck: float = 0.5
    beat: float = 0.0
    bright: int = 5200


_WARM = ((48, 55, 64, 71), (45, 52, 60, 67), (41, 48, 57, 64), (43, 50, 59, 62))
_GLAD = ((48, 55, 64, 67), (43, 50, 59, 67), (45, 52, 60, 69), (41, 53, 60, 69))
_DEEP = ((45, 52, 60, 64), (41, 48, 57, 64), (48, 55, 60, 64), (43, 50, 59, 62))
_SAD = ((45, 52, 60, 64), (38, 50, 57, 65), (41, 48, 57, 60), (40, 52, 59, 64))

STYLES = {
    "soft": Style("Soft Morning", 76, _WARM, pluck=0.45),
    "lofi": Style("Lo-fi", 74, _WARM, pluck=0.5, beat=0.55, bright=3200),
    "upbeat": Style("Bright Day", 112, _GLAD, pluck=0.7, beat=0.7, bright=7500),
    "epic": Style("Wide Horizon", 84, _DEEP, pluck=0.35, beat=0.5, bright=6000),
    "piano": Style("Quiet Piano", 68, _SAD, pluck=0.95, bright=4600),
    "electronic": Style("Night Drive", 120, _DEEP, pluck=0.75, beat=0.9, bright=8500),
}
"""Keys stand in the draft; names are what people read."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One layer as `aevalsrc` expressions of the time t in seconds; `rate` is as low as its
    overtones allow."""

    left: str
    right: str
    rate: int


def voices(style: Style) -> tuple[Voice, ...]:
    """The layers of a style; together they repeat after four bars."""
    bar = bar_seconds(style)
    pads = [f"0.5*({_pad(style, bar, side)})" for side in (-1, 1)]
    plucks = [f"{style.pluck}*({_pluck(style, bar, side)})" for side in (-1, 1)]
    layers = [Voice(pads[0], pads[1], 4000), Voice(plucks[0], plucks[1], 9600)]
    if style.beat:
        beats = [f"{style.beat}*({_beat(bar / 4, side)})" for side in (-1, 1)]
        layers.append(Voice(beats[0], beats[1], 24000))
    return tuple(layers)


def bar_seconds(style: Style) -> float:
    """Four beats."""
    return 240 / style.beats_per_minute


def _hertz(note: int) -> float:
    return float(440.0 * 2.0 ** ((note - 69) / 12))


def _choice(register: int, values: tuple[float, ...], first: int = 0) -> str:
    """The value whose number is in the register, by halving: only the branch taken costs time."""
    if len(values) == 1:
        return f"{values[0]:.4f}"
    half = len(values) // 2
    low, high = (
        _choice(register, values[:half], first),
        _choice(register, values[half:], first + half),
    )
    return f"if(lt(ld({register}),{first + half}),{low},{high})"


def _pad(style: Style, bar: float, side: int) -> str:
    """Two layers take turns, so that one chord dies away while the next one comes."""
    return "+".join(_layer(style, bar, turn, side) for turn in (0, 1))


def _layer(style: Style, bar: float, turn: int, side: int) -> str:
    lap = 0.35  # seconds that a chord reaches into its neighbours
    clock = f"(t+{lap}+{(1 - turn) * bar + bar:.5f})"
    start = (
        f"st(0,mod({clock},{2 * bar:.5f}));st(1,mod(floor({clock}/{2 * bar:.5f})*2+{turn + 2},4))"
    )
    swell = f"clip(ld(0)/{2 * lap},0,1)*clip(({bar + 2 * lap:.5f}-ld(0))/{2 * lap},0,1)"
    detune = 1 + 0.0012 * side
    voices = []
    for voice in range(4):
        pitches = tuple(_hertz(chord[voice]) * detune for chord in style.chords)
        loud = (0.30, 0.24, 0.2, 0.16)[voice]
        voices.append(
            f"st(2,2*PI*t*({_choice(1, pitches)}));"
            f"{loud}*(sin(ld(2))+0.32*sin(2*ld(2))+0.1*sin(3*ld(2)))"
        )
    summed = "st(3,0);" + ";".join(
        f"{first};st(3,ld(3)+{second})" for first, second in (voice.split(";") for voice in voices)
    )
    # the expression language has no brackets around statements other than these
    return f"({start};{summed};{swell}*ld(3))"


def _pluck(style: Style, bar: float, side: int) -> str:
    """Eighth notes up and down the chord, an octave above it, leaning to one side in turn."""
    step = bar / 8
    order = (0, 2, 1, 3, 2, 3, 1, 2)
    places = tuple(float(place) for place in order)
    notes = tuple(_hertz(chord[voice] + 12) for chord in style.chords for voice in range(4))
    lean = f"(1+{0.35 * side}*(mod(floor(t/{step:.5f}),2)*2-1))"
    return (
        f"(st(4,mod(t,{step:.5f}));st(5,mod(floor(t/{step:.5f}),8));st(6,mod(floor(t/{bar:.5f}),4));"
        f"st(7,{_choice(5, places)});st(8,ld(6)*4+ld(7));st(9,2*PI*ld(4)*({_choice(8, notes)}));"
        f"{lean}*0.3*clip(ld(4)/0.006,0,1)*clip(({step:.5f}-ld(4))/0.02,0,1)*exp(-5*ld(4))"
        "*(sin(ld(9))+0.4*sin(2*ld(9))*exp(-4*ld(4))+0.15*sin(4*ld(9))*exp(-9*ld(4))))"
    )


def _beat(beat: float, side: int) -> str:
    """A round kick on one and three, a brushed tick between."""
    register = 0 if side < 0 else 1  # of the random generator: both ears hear their own noise
    return (
        f"(st(4,mod(t,{2 * beat:.5f}));st(6,mod(t,{beat / 2:.5f}));"
        "0.55*clip(ld(4)/0.003,0,1)*exp(-9*ld(4))*sin(2*PI*(46*ld(4)+4.2*(1-exp(-20*ld(4)))))"
        f"+0.05*gt(mod(floor(t/{beat / 2:.5f}),2),0)*exp(-55*ld(6))*(random({register})-0.5))"
    )
