"""How hard Hypothesis searches: a little in every run, more in CI, long in `make fuzz`."""

from __future__ import annotations

from hypothesis import settings

# no deadline: two workers share two cores, so a single slow example says nothing
for profile, examples in (("quick", 60), ("ci", 200), ("deep", 5000)):
    settings.register_profile(profile, max_examples=examples, deadline=None)
settings.load_profile("quick")
