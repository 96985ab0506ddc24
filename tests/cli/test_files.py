"""Files are written whole or not at all."""

from __future__ import annotations

import os

import pytest

from policy.cli.files import whole_file, whole_folder, write_whole


def test_a_new_file_and_a_replaced_one(tmp_path):
    file = tmp_path / "a.json"
    write_whole(file, b"1")
    write_whole(file, b"22")
    assert file.read_bytes() == b"22"
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_failure_leaves_the_file_as_it_was(tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(b"old")
    with pytest.raises(RuntimeError), whole_file(file) as stream:
        stream.write(b"ne")
        raise RuntimeError
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path):
    file, link = tmp_path / "a", tmp_path / "b"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to():
    write_whole(os.devnull, b"x")
    assert not os.path.isfile(os.devnull)


def test_a_folder_that_does_not_exist(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "no" / "a", b"x")


def test_a_folder_gets_its_files_at_once_and_keeps_others(tmp_path):
    target = tmp_path / "new" / "data"
    for content in ("old", "new"):
        with whole_folder(target) as folder:
            (folder / "a").write_text(content)
            assert not (target / "a").exists() or (target / "a").read_text() == "old"
        (target / "own").write_text("own")
    assert {file.name: file.read_text() for file in target.iterdir()} == {"a": "new", "own": "own"}
    assert os.listdir(target.parent) == ["data"]


def test_a_failure_leaves_the_folder_as_it_was(tmp_path):
    target = tmp_path / "data"
    target.mkdir()
    (target / "a").write_text("old")
    with pytest.raises(RuntimeError), whole_folder(target) as folder:
        (folder / "a").write_text("new")
        raise RuntimeError
    assert (target / "a").read_text() == "old"
    assert os.listdir(tmp_path) == ["data"]


def test_a_folder_where_there_is_a_file(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(FileExistsError) as caught, whole_folder(tmp_path / "data"):
        pass
    assert caught.value.filename == str(tmp_path / "data")
    assert os.listdir(tmp_path) == ["data"]
