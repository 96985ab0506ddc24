"""How large the big samples are."""

from __future__ import annotations

import attrs

__all__ = ["SIZES", "Size"]


@attrs.frozen
class Size:
    """The numbers that a big sample is made from.

    Organizations from the root down: `provinces` to `townships` are the divisions, `groups` the party groups beside their committees, of which
    the first `conducting` have units below them; the rest up to `organizations` is at the grass roots and on no roster. `shares` says for each
    talk that a head may have how many in 100 do: `rounds` regular ones, a prompt one, others.
    """

    root: str
    provinces: int
    prefectures: int
    counties: int
    townships: int
    groups: int
    conducting: int
    units: int
    organizations: int
    rounds: int
    shares: tuple[int, ...]

    @property
    def heads(self) -> int:
        """Organizations on a roster."""
        return self.provinces + self.prefectures + self.counties + self.townships + self.groups + self.units


_DIVISIONS = {"root": "central", "provinces": 33, "prefectures": 333, "counties": 2845, "townships": 38723, "groups": 125_000}
"""The divisions at the end of 2025, the party groups of 2021; the organizations are those at the end of 2024."""

SIZES = {
    "province": Size(
        root="province", provinces=0, prefectures=12, counties=110, townships=1400, groups=6500, conducting=2000, units=12_000,
        organizations=25_000, rounds=2, shares=(100, 8, 5, 7),
    ),
    "nation": Size(
        **_DIVISIONS, conducting=40_000, units=133_066, organizations=5_250_000, rounds=3, shares=(100, 100, 75, 25, 21, 22),
    ),
    "stress": Size(
        **_DIVISIONS, conducting=100_000, units=1_833_066, organizations=5_250_000, rounds=4,
        shares=(100, 100, 85, 40, 20, 90, 85, 78, 80, 83),
    ),
}  # fmt: skip
"""By the name of the scale."""
