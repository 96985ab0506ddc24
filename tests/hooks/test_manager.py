"""Plug-ins are found, checked and called apart from each other; whatever is wrong with one is said and hurts no other."""

import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from policy.hooks.entrypoints import find
from policy.hooks.manager import load_plugins
from policy.messages import text

GOOD = """
from policy.hooks.spec import hookimpl
class Reader:
    name = "fake"
    suffixes = (".fake",)
    def read(self, path):
        return []
@hookimpl
def policy_sources():
    return [Reader()]
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder on the import path in which distributions can be installed: `site(name, **modules)`."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(name: str, version: str = "1.0", group: str = "policy", **modules: str) -> Path:
        info = tmp_path / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
        entries = "".join(f"{module} = {module}\n" for module in modules)
        (info / "entry_points.txt").write_text(
            f"[console_scripts]\nother = x:y\n\n[{group}]\n# a remark\n{entries}[later]\nz = z\n", "utf-8"
        )
        for module, source in modules.items():
            (tmp_path / f"{module}.py").write_text(source, "utf-8")
        return tmp_path

    yield install
    for name in set(sys.modules) - before:
        del sys.modules[name]


def failed(folder) -> list[tuple[str, str]]:
    plugins = load_plugins([str(folder)])
    return [(failure.name, failure.reason) for failure in plugins.check()]


def hook(name: str, result: str) -> str:
    return f"from policy.hooks.spec import hookimpl\n@hookimpl\ndef {name}():\n    return {result}\n"


def test_what_ships_with_the_program_works():
    plugins = load_plugins()
    own = [plugin for plugin in plugins.installed if plugin.distribution == "policy"]
    listed = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["policy"]
    assert [plugin.name for plugin in own] == sorted(listed)
    assert not [failure for failure in plugins.check() if failure.distribution == "policy"]
    assert {suffix for source in plugins.sources for suffix in source.suffixes} >= {
        ".csv",
        ".duckdb",
        ".tsv",
        ".txt",
        ".json",
        ".jsonl",
        ".sqlite",
        ".xes.gz",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".et",
    }
    assert {scheme for database in plugins.databases for scheme in database.schemes} >= {"postgresql", "mysql", "dm", "kingbase"}
    assert {reporter.name for reporter in plugins.reporters} >= {"json", "text"}
    assert "is_credit_code" in plugins.functions
    assert "cn" in plugins.calendars and "supervision_talks" in plugins.packs
    assert any(sample.pack == "supervision_talks" for sample in plugins.samples)


def test_a_plugin_says_where_it_is_from(site):
    folder = site("my_plugin", "2.1", fakes=GOOD)
    plugins = load_plugins([str(folder)])
    (plugin,) = plugins.installed
    assert (plugin.name, plugin.distribution, plugin.version) == ("fakes", "my-plugin", "2.1")
    assert (plugin.location, plugin.hooks) == (str(folder), ("policy_sources",))
    assert [source.name for source in plugins.sources] == ["fake"] and not plugins.check()


BROKEN = {
    "import_fails": (
        "import no_such_module",
        "module `import_fails` cannot be imported: ModuleNotFoundError: No module named 'no_such_module'",
    ),
    "syntax": ("def", "module `syntax` cannot be imported: SyntaxError: "),
    "exits": ("import sys; sys.exit(7)", "module `exits` cannot be imported: SystemExit: 7"),
    "misspelt": (hook("policy_source", "[]"), "there is no hook `policy_source`, did you mean `policy_sources`?"),
    "strange": (hook("wibble", "[]"), "there is no hook `wibble`; the hooks are: policy_sources policy_databases policy_reporters "),
    "unmarked": ("def policy_packs():\n    return {}", "`@hookimpl` is missing before `policy_packs`"),
    "arguments": (
        hook("policy_sources", "[]").replace("()", "(path)"),
        "the plug-in does not keep to the contract: PluginValidationError: ",
    ),
    "raises": (hook("policy_calendars", "1 / 0"), "hook `policy_calendars` raised: ZeroDivisionError: division by zero"),
    "nothing": (hook("policy_packs", "None"), "hook `policy_packs` returned `NoneType`, which is not a mapping"),
    "a_list": (hook("policy_packs", "[]"), "hook `policy_packs` returned `list`, which is not a mapping"),
    "a_number": (hook("policy_functions", "3"), "hook `policy_functions` returned `int`, which is not a list"),
    "a_text": (hook("policy_packs", "{'p': 'somewhere'}"), "hook `policy_packs` returned `p`, which is not a Path"),
    "nameless": (hook("policy_reporters", "[object()]"), "hook `policy_reporters` returned `object`, which is not a reporter"),
    "lazy": (hook("policy_samples", "(1 / 0 for _ in 'x')"), "hook `policy_samples` raised: ZeroDivisionError: division by zero"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_is_reported_and_hurts_no_other(site, name):
    source, reason = BROKEN[name]
    site("broken", **{name: source})
    folder = site("good", fakes=GOOD)
    plugins = load_plugins([str(folder)])
    assert [source.name for source in plugins.sources] == ["fake"]
    (failure,) = plugins.check()
    assert (failure.name, failure.distribution, failure.version) == (name, "broken", "1.0")
    assert failure.reason.startswith(reason)
    assert text(failure.code, "zh", **dict(failure.arguments)) != failure.reason


def test_things_that_fit_are_kept_beside_one_that_does_not(site):
    folder = site("half", half=GOOD.replace("[Reader()]", "[3, Reader()]"))
    plugins = load_plugins([str(folder)])
    assert [source.name for source in plugins.sources] == ["fake"]
    assert [failure.reason for failure in plugins.failures] == ["hook `policy_sources` returned `int`, which is not a source"]


def test_two_things_of_one_name(site):
    site("one", first=hook("policy_calendars", "{'x': list}"))
    folder = site("two", second=hook("policy_calendars", "{'x': dict, 'y': dict}"))
    plugins = load_plugins([str(folder)])
    assert plugins.calendars == {"x": list, "y": dict}
    assert [(one.name, one.reason) for one in plugins.failures] == [
        ("second", "`x` (policy_calendars) is already given by plug-in first (one), and is left out")
    ]


def test_two_sources_of_one_suffix(site):
    site("one", first=GOOD)
    folder = site("two", second=GOOD.replace('"fake"', '"other"'))
    assert failed(folder) == [("second", "`.fake` (policy_sources) is already given by plug-in first (one), and is left out")]


def test_databases_and_two_of_one_scheme(site):
    made = GOOD.replace("policy_sources", "policy_databases").replace('suffixes = (".fake",)', 'schemes = ("fake", "more")')
    site("one", first=made)
    folder = site("two", second=made.replace('"fake"\n', '"other"\n'))
    plugins = load_plugins([str(folder)])
    assert [(database.name, database.schemes) for database in plugins.databases] == [("fake", ("fake", "more"))]
    assert failed(folder) == [("second", "`fake` (policy_databases) is already given by plug-in first (one), and is left out")]
    assert not plugins.sources


def test_functions_do_not_replace_built_in_ones(site):
    make = "[Function(name, None, (), INT, int) for name in ('length', '字数', 'own')]"
    source = "from policy.hooks.spec import Function\nfrom policy.lang.types import INT\n" + hook("policy_functions", make)
    folder = site("more", functions=source)
    plugins = load_plugins([str(folder)])
    assert list(plugins.functions) == ["own"]
    assert ["is already given by plug-in policy" in failure.reason for failure in plugins.failures] == [True, True]


def test_hooks_are_called_when_their_things_are_asked_for(site):
    folder = site("lazy", lazily="calls = []\n" + hook("policy_packs", "calls.append(1) or {}"))
    plugins = load_plugins([str(folder)])
    import lazily

    assert lazily.calls == [] and not plugins.sources and lazily.calls == []
    assert plugins.packs == {} and plugins.packs == {} and lazily.calls == [1]


def test_entry_points_are_those_that_importlib_finds():
    from importlib.metadata import entry_points

    for group in ("policy", "console_scripts", "pytest11"):
        ours = {(entry.name, entry.module, entry.attribute) for entry in find(group)}
        assert ours == {(entry.name, entry.module, entry.attr or None) for entry in entry_points(group=group)}


def test_of_a_distribution_that_is_there_twice_the_first_counts(site, tmp_path):
    site("good", fakes=GOOD)
    second = tmp_path / "second" / "Good-0.9.dist-info"
    second.mkdir(parents=True)
    (second / "entry_points.txt").write_text("[policy]\nold = old\n", "utf-8")
    assert [entry.name for entry in find("policy", [str(tmp_path), str(second.parent), "no such folder"])] == ["fakes"]


def test_plugins_in_archives_are_found(site, tmp_path):
    folder = site("good", fakes=GOOD)
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in [folder / "fakes.py", *(folder / "good-1.0.dist-info").iterdir()]:
            packed.write(path, path.relative_to(folder).as_posix())
    entry = ("fakes", "fakes", None, "good", "1.0")
    assert find("policy", [str(archive)]) == find("policy", [str(folder)]) == [entry]


def test_odd_metadata_is_passed_over(tmp_path):
    for name, content in {
        "a-1.dist-info": b"\xff[policy]\nx = x\n",
        "b-1.dist-info": b"[policy]\nno target\n= \ny = ?\n",
        "c-1.egg-info": b"[policy]\nz = m : f.g [extra]",
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "entry_points.txt").write_bytes(content)
    assert find("policy", [str(tmp_path)]) == [("z", "m", "f.g", "c", "1")]
