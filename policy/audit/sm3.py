"""The cryptographic hash SM3 of GB/T 32905-2016, for systems whose library lacks it: a thousand times as slow."""

from __future__ import annotations

__all__ = ["Sm3"]

_MASK = 0xFFFFFFFF
_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
"""The initial value (4.1)."""


class Sm3:
    """A digest that is being made, used as those of hashlib."""

    def __init__(self) -> None:
        self._state = _START
        self._rest = b""
        self._length = 0

    def update(self, data: bytes) -> None:
        """Take in more."""
        self._length += len(data)
        content = self._rest + data
        whole = len(content) // 64 * 64
        for place in range(0, whole, 64):
            self._state = _compressed(self._state, content[place : place + 64])
        self._rest = content[whole:]

    def hexdigest(self) -> str:
        """The digest of what was taken in so far: padded (5.2), it is compressed to the end."""
        padding = b"\x80" + b"\0" * ((55 - self._length) % 64) + (self._length * 8).to_bytes(8, "big")
        content, state = self._rest + padding, self._state
        for place in range(0, len(content), 64):
            state = _compressed(state, content[place : place + 64])
        return "".join(f"{word:08x}" for word in state)


def _compressed(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """The compression function (5.3.3) on a block of 64 bytes."""
    words = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _left((_left(a, 12) + e + _left(constant, j)) & _MASK, 7)
        ss2 = ss1 ^ _left(a, 12)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & _MASK & g)
        tt1 = (ff + d + ss2 + (words[j] ^ words[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + words[j]) & _MASK
        a, b, c, d = tt1, a, _left(b, 9), c
        e, f, g, h = tt2 ^ _left(tt2, 9) ^ _left(tt2, 17), e, _left(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h)))


def _expanded(block: bytes) -> list[int]:
    """The message expansion (5.3.2): 68 words."""
    words = [int.from_bytes(block[place : place + 4], "big") for place in range(0, 64, 4)]
    for j in range(16, 68):
        x = words[j - 16] ^ words[j - 9] ^ _left(words[j - 3], 15)
        words.append(x ^ _left(x, 15) ^ _left(x, 23) ^ _left(words[j - 13], 7) ^ words[j - 6])
    return words


def _left(word: int, by: int) -> int:
    """A word of 32 bits, turned to the left."""
    by %= 32
    return ((word << by) | (word >> (32 - by))) & _MASK
