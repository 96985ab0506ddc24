"""The audit trail: the manifest of a run, what has been changed since, and the run again."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policy.hooks.spec import SourceError
from policy.lang.keywords import status_word
from policy.lang.outcome import STATUSES
from policy.lang.url import is_url, url_of
from policy.pipeline.packs import find_pack, pack_files

if TYPE_CHECKING:
    from policy.audit import Finding, Verdict
    from policy.hooks.manager import Plugins
    from policy.lang.report import Report
    from policy.pipeline.data import Reading
    from policy.pipeline.judging import Request

__all__ = ["DIGESTS", "AuditRequest", "differences", "manifests", "read_audit", "verify_audit", "write_audit"]

DIGESTS = ("sha256", "sm3")

_FILES = {"calendar": "calendar", "unit": "unit", "waivers": "waivers", "mapping": "mapping"}
"""The flags that name files, each with what these are for."""


class AuditRequest(NamedTuple):
    """How a run was asked for: the locations of the data, each flag with its texts, and whether every outcome was wanted."""

    data: tuple[str, ...]
    flags: Mapping[str, tuple[str, ...]]
    all_outcomes: bool


def write_audit(
    target: str, asked: AuditRequest, report: Report, reading: Reading, request: Request, plugins: Plugins, digest: str
) -> tuple[str, str]:
    """Write the manifest of a run into a folder, after those that are there, or (a name that ends in `.json`) alone; its path and digest.

    Raises SourceError where a file would be overwritten or is not as it was read, OSError.
    """
    from policy.audit import Taken, append, body, write_single

    single = target.endswith(".json")
    folder = (os.path.dirname(target) or ".") if single else target
    files = sorted(_files(asked, report, reading, plugins, digest, folder), key=lambda one: (one["role"], one["path"]))
    installed = sorted((one.name, one.distribution, one.version) for one in plugins.installed)
    recorded = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    members = body(report, _moved(asked, plugins, folder), files, installed, request.calendar, digest, recorded)
    try:
        return write_single(target, members) if single else append(folder, members)
    except Taken:
        raise SourceError("B130", target) from None


def manifests(target: str | None) -> list[str]:
    """The manifests that are there: the file itself, or those in the folder."""
    if not target or target.endswith(".json"):
        return [target] if target else []
    return [str(file) for file in sorted(Path(target).glob("*.json")) if file.stem.isdecimal()]


def _files(
    asked: AuditRequest, report: Report, reading: Reading, plugins: Plugins, digest: str, folder: str
) -> Iterator[dict[str, Any]]:
    """Everything that was read: what it was for, where it is, its size and digest."""
    from policy.audit import digest_bytes, digest_file, path_to
    from policy.pipeline.store import digest as pack_digest

    rules = pack_files(find_pack(*asked.flags["pack"], plugins), plugins)
    if pack_digest(part for file in rules for part in (file.name.encode(), file.content)) != report.pack_sha256:
        raise SourceError("B131", rules[0].shown)
    for file in rules:
        yield {"role": "pack", "path": path_to(file.shown, folder), "size": len(file.content), "digest": digest_bytes(digest, file.content)}
    own = {file: role for flag, role in _FILES.items() for file in asked.flags.get(flag, ()) if file}
    data = {one.file: "data" for one in (*reading.tables, *reading.problems) if not is_url(one.file) and os.path.isfile(one.file)}
    for file, role in {**data, **own}.items():
        made, size = digest_file(digest, file)
        yield {"role": role, "path": path_to(file, folder), "size": size, "digest": made}


def _moved(asked: AuditRequest, plugins: Plugins, folder: str) -> dict[str, Any]:
    """The request with paths as they are from the folder of the manifest."""
    from policy.audit import path_to

    flags = {name: [_path(text, folder, path_to) if name in _FILES and text else text for text in texts] for name, texts in asked.flags.items()}
    flags["pack"] = [name if name in plugins.packs else path_to(name, folder) for name in flags["pack"]]
    return {"data": [_path(word, folder, path_to) for word in asked.data], "flags": flags, "all": asked.all_outcomes}


def _path(text: str, folder: str, move: Any) -> str:
    return str(url_of(text)) if is_url(text) else move(text, folder)


def verify_audit(path: str, anchor: str) -> Verdict:
    """What has been changed in a folder of manifests, or of one. Raises SourceError where there is none, OSError."""
    from policy.audit import verify

    verdict = verify(path, anchor)
    if not verdict.manifests:
        raise SourceError("B132", path)
    return verdict


def read_audit(path: str, plugins: Plugins) -> tuple[dict[str, Any], AuditRequest, Sequence[Finding]]:
    """A manifest, how to run again, and which of its files have changed. Raises SourceError where it is none, OSError."""
    from policy.audit import changed_files, path_from, read_manifest

    folder = os.path.dirname(path) or "."
    try:
        members = read_manifest(Path(path).read_bytes())
        request = members["request"]
        flags = {
            str(name): tuple(_path(text, folder, path_from) if name in _FILES and text else text for text in texts)
            for name, texts in request["flags"].items()
        }
        flags["pack"] = tuple(name if name in plugins.packs else path_from(name, folder) for name in flags["pack"])
        asked = AuditRequest(tuple(_path(word, folder, path_from) for word in request["data"]), flags, bool(request["all"]))
    except LookupError as error:
        if isinstance(error, KeyError):
            raise SourceError("B133", path) from None
        raise SourceError("B134", path, format=str(error)) from None
    except (ValueError, TypeError, AttributeError):
        raise SourceError("B133", path) from None
    return members, asked, changed_files(os.path.basename(path), members, folder)


def differences(members: Mapping[str, Any], report: Report, language: str) -> Iterable[tuple[str, dict[str, str]]]:
    """What a run again came to that differs: codes of messages with what fills them; nothing where it is the same to the byte."""
    from policy import __version__
    from policy.audit import result

    found = result(report, members["digest"])
    if found == members["result"]:
        return
    yield "B141", {"before": str(members["result"].get("outcomes")), "now": str(found["outcomes"])}
    for what, before, now in (
        ("B142", members["version"], __version__),
        ("B143", members["pack"]["sha256"], report.pack_sha256),
        ("B144", [one["sha256"] for one in members["tables"]], [one.sha256 for one in report.inputs]),
        ("B145", [[one["name"], one["value"]] for one in members["parameters"]], [[one.name, one.value] for one in report.parameters]),
    ):
        if before != now:
            yield what, {"before": str(before), "now": str(now)}
    rules = members["result"]["rules"]
    for rule in sorted({*rules, *found["rules"]}):
        if rules.get(rule) != found["rules"].get(rule):
            before, now = (_counts(told.get(rule), language) for told in (rules, found["rules"]))
            yield "B147" if before == now else "B146", {"rule": rule, "before": before, "now": now}


def _counts(told: Mapping[str, Any] | None, language: str) -> str:
    """Counts by status, a line each; a dash where the rule was not run or had no subject."""
    counts = (told or {}).get("statuses", {})
    return "\n".join(f"{status_word(status, language)} {counts[status]}" for status in STATUSES if status in counts) or "—"
