"""A run → a manifest of everything that it rests on, chained to the run before; and what has been changed since."""

from __future__ import annotations

from policy.audit.chain import Taken, append, read_manifest, write_single
from policy.audit.digests import DIGESTS, digest_bytes, digest_file
from policy.audit.manifest import body, path_from, path_to, result
from policy.audit.verify import Finding, Verdict, changed_files, verify

__all__ = [
    "DIGESTS", "Finding", "Taken", "Verdict", "append", "body", "changed_files", "digest_bytes", "digest_file", "path_from", "path_to",
    "read_manifest", "result", "verify", "write_single",
]  # fmt: skip
