"""A folder of manifests → what has been changed: in the chain, and in the files that it tells of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from policy.audit.chain import read_manifest, sealed
from policy.audit.digests import digest_bytes, digest_file
from policy.audit.manifest import path_from

__all__ = ["Finding", "Verdict", "changed_files", "verify"]


class Finding(NamedTuple):
    """What was found: an entry of `policy.messages`, what fills it, and whether it is a change or only worth knowing."""

    code: str
    arguments: dict[str, str]
    change: bool = True


class Verdict(NamedTuple):
    """What was found of how many manifests and files; the name and digest of the last manifest (empty: there is none)."""

    findings: tuple[Finding, ...]
    manifests: int
    files: int
    name: str
    digest: str


def verify(path: str, anchor: str = "") -> Verdict:
    """What has changed in a folder of manifests, or of one manifest, and of what they tell of. Raises OSError.

    `anchor` is the digest of a manifest that somebody has noted: it has to be there.
    """
    folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
    files = sorted(Path(path).glob("*.json")) if os.path.isdir(path) else [Path(path)]
    contents = {file.name: file.read_bytes() for file in files}
    findings: list[Finding] = []
    known = {name: members for name, content in contents.items() if (members := _members(name, content, findings)) is not None}
    if os.path.isdir(path):
        _links(known, contents, findings)
    states = _latest(known)
    findings += _files(states, known, folder)
    name = max(known, key=lambda one: (known[one].get("number", 0), one), default="")
    digest = digest_bytes(known[name]["digest"], contents[name]) if name else ""
    if anchor and anchor not in {digest_bytes(members["digest"], contents[one]) for one, members in known.items()}:
        findings.append(Finding("B119", {"digest": anchor}))
    return Verdict(tuple(findings), len(files), len(states), name, digest)


# --- the chain -------------------------------------------------------------------------------------------------------


def _members(name: str, content: bytes, findings: list[Finding]) -> dict[str, Any] | None:
    """What a manifest says; None where it is none."""
    try:
        members = read_manifest(content)
    except LookupError as error:
        findings.append(Finding("B111", {"name": name, "format": str(error)}))
    except (ValueError, RecursionError):
        findings.append(Finding("B110", {"name": name}))
    else:
        if _resealed(members) != content:
            findings.append(Finding("B112", {"name": name}))
        return members
    return None


def _resealed(members: Mapping[str, Any]) -> bytes | None:
    """What the manifest would be if it were written now."""
    try:
        return sealed({name: value for name, value in members.items() if name != "self"})
    except (TypeError, ValueError):
        return None


def _links(known: Mapping[str, dict[str, Any]], contents: Mapping[str, bytes], findings: list[Finding]) -> None:
    """Numbers without a gap from 1, each in a file called by it, each with the digest of the one before."""
    for name, members in known.items():
        if name != f"{_number(members):06}.json":
            findings.append(Finding("B113", {"name": name, "number": str(members.get("number"))}))
    last = max((int(Path(name).stem) for name in contents if Path(name).stem.isdecimal()), default=0)
    findings += [Finding("B114", {"name": f"{number:06}.json"}) for number in range(1, last) if f"{number:06}.json" not in contents]
    for name, members in known.items():
        before, previous = f"{_number(members) - 1:06}.json", members.get("previous")
        if _number(members) == 1:
            expected = None
        elif before in contents:
            expected = {"name": before, "digest": digest_bytes(members["digest"], contents[before])}
        else:
            continue  # which has been said
        if previous != expected:
            findings.append(Finding("B115", {"name": name, "before": before if expected else "—"}))


def _number(members: Mapping[str, Any]) -> int:
    number = members.get("number")
    return number if isinstance(number, int) else 0


# --- the files -------------------------------------------------------------------------------------------------------


class _State(NamedTuple):
    """A file as a manifest tells of it."""

    manifest: str
    algorithm: str
    digest: str


def _latest(known: Mapping[str, dict[str, Any]]) -> dict[str, _State]:
    """Of each file what the latest manifest says that tells of it."""
    states: dict[str, _State] = {}
    for name, members in sorted(known.items(), key=lambda pair: _number(pair[1])):
        for one in members["files"]:
            states[str(one.get("path"))] = _State(name, members["digest"], str(one.get("digest")))
    return states


def _files(states: Mapping[str, _State], known: Mapping[str, dict[str, Any]], folder: str) -> Iterable[Finding]:
    """Files that are not as they were when they were last read; and those that had been otherwise before, which the chain itself tells."""
    for path, state in states.items():
        code = _changed(path, state, folder)
        if code:
            yield Finding(code, {"path": path, "name": state.manifest})
    for name, members in known.items():
        other = [str(one.get("path")) for one in members["files"] if _differs(one, members["digest"], states[str(one.get("path"))])]
        if other:
            yield Finding("B118", {"name": name, "paths": "\n".join(other)}, change=False)


def _differs(one: Mapping[str, Any], algorithm: str, latest: _State) -> bool:
    """Whether a file was another then; digests of two kinds cannot be compared."""
    return algorithm == latest.algorithm and one.get("digest") != latest.digest


def _changed(path: str, state: _State, folder: str) -> str:
    try:
        return "" if digest_file(state.algorithm, path_from(path, folder))[0] == state.digest else "B116"
    except FileNotFoundError:
        return "B117"


def changed_files(name: str, members: Mapping[str, Any], folder: str) -> list[Finding]:
    """The files of one manifest, called `name`, that are not as they were."""
    return list(_files(_latest({name: dict(members)}), {}, folder))
