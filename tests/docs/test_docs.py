"""Docs are true: what they name exists, and what exists is named."""

import os
import re
import tomllib
from pathlib import Path

import pytest
import typer

from geo.cli import app
from geo.problems import PROBLEMS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def commands():
    group = typer.main.get_command(app)
    return sorted(group.commands)


@pytest.mark.parametrize("command", commands())
def test_every_command_has_a_heading_in_the_docs(command):
    assert f"\n## {command}\n" in (ROOT / "docs" / "cli.md").read_text("utf-8")


def test_every_heading_of_the_commands_page_is_a_command():
    headings = re.findall(r"^## (\w+)$", (ROOT / "docs" / "cli.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(headings) == commands()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page):
    broken = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("script", ["run", "test", "check", "lock"])
def test_the_scripts_that_the_docs_name_can_be_run(script):
    assert os.access(ROOT / "scripts" / script, os.X_OK)


def test_every_setting_of_the_server_is_explained():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    text = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    unexplained = {
        "headless",
        "fileWatcherType",
        "runOnSave",
        "toolbarMode",
    }  # how it runs, not what it protects
    named = [
        name for part in ("server", "browser", "client") for name in settings[part] if name not in unexplained
    ]
    assert [name for name in named if name not in text] == []


def test_the_version_has_a_heading_in_the_changelog():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


# Problems of files

SECTION = re.compile(r"^## ([A-Z]{3}-\d\d) (.+)\n\n((?:(?!## ).*\n)+)", re.MULTILINE)
CODE = re.compile(r'"([A-Z]{3}-\d\d)"')


def problem_sections():
    """Title and text by code, as the page has them."""
    text = (ROOT / "docs" / "problems.md").read_text("utf-8")
    return {code: (title, section) for code, title, section in SECTION.findall(text)}


def codes_in_the_program():
    pages = [page for page in (ROOT / "geo").rglob("*.py") if page.name != "problems.py"]
    return {code for page in pages for code in CODE.findall(page.read_text("utf-8"))}


def stems(text):
    """The words that say something, by their first letters: enough to see whether two texts say the same."""
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.casefold())}


def test_every_problem_has_its_heading_in_order_and_no_heading_is_without_one():
    headings = re.findall(r"^## (\S+) ", (ROOT / "docs" / "problems.md").read_text("utf-8"), re.MULTILINE)
    assert headings == list(PROBLEMS)


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_is_called_the_same_and_has_the_same_remedy_in_the_docs(code):
    title, section = problem_sections()[code]
    assert title == PROBLEMS[code].title
    wanted = stems(PROBLEMS[code].remedy)
    assert len(wanted & stems(section)) * 3 >= len(wanted) * 2, wanted - stems(section)


def test_every_code_that_the_program_uses_is_a_problem_and_every_problem_is_used():
    assert codes_in_the_program() == set(PROBLEMS)
