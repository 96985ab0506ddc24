"""The order of the steps, known nowhere else: packs, data and outcomes, made by the rooms that know how.

Here is what verbs have in common; what one or two want is imported from its module.
"""

from __future__ import annotations

from policy.pipeline.audit import DIGESTS, AuditRequest, differences, manifests, read_audit, verify_audit, write_audit
from policy.pipeline.choices import Values, find_calendar, find_rules, read_unit, set_parameters, unit_parameters
from policy.pipeline.data import UNIT_FILE, Reading, read, read_waivers
from policy.pipeline.engines import ENGINES
from policy.pipeline.faults import DataErrors, PluginError, SecrecyError, raised_at
from policy.pipeline.judging import Request, check, refuse_secrets, write, write_data_report
from policy.pipeline.ledgers import Mappings, all_mappings, propose, read_mappings
from policy.pipeline.masking import Masking, masked, read_secret, secret_file
from policy.pipeline.packs import LoadedPack, find_pack, load_base, load_pack, rule_files
from policy.pipeline.planning import plan
from policy.pipeline.past import against, due_until, read_baseline
from policy.pipeline.runs import HISTORIES, check_history, keep, read_history, write_history

# what is made here is tuples: a class of attrs takes half a millisecond of every start

__all__ = [
    "DIGESTS",
    "ENGINES",
    "HISTORIES",
    "UNIT_FILE",
    "AuditRequest",
    "DataErrors",
    "LoadedPack",
    "Mappings",
    "Masking",
    "PluginError",
    "Reading",
    "Request",
    "SecrecyError",
    "Values",
    "against",
    "all_mappings",
    "check",
    "check_history",
    "differences",
    "due_until",
    "find_calendar",
    "find_pack",
    "find_rules",
    "keep",
    "load_base",
    "load_pack",
    "manifests",
    "masked",
    "plan",
    "propose",
    "raised_at",
    "read",
    "read_audit",
    "read_baseline",
    "read_history",
    "read_mappings",
    "read_secret",
    "read_unit",
    "read_waivers",
    "refuse_secrets",
    "rule_files",
    "secret_file",
    "set_parameters",
    "unit_parameters",
    "verify_audit",
    "write",
    "write_audit",
    "write_data_report",
    "write_history",
]
