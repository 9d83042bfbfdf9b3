"""The table of mutants does not rot, and a survivor is found."""

import ast
import re
from pathlib import Path

import pytest

from tests.mutants.__main__ import ROOT
from tests.mutants.run import Outcome, pass_as_they_are, run
from tests.mutants.table import Mutant, read_mutants
from tests.nightly import nightly

MUTANTS = read_mutants()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.promise)
def test_a_mutant_can_be_planted_and_its_tests_are_there(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text("utf-8")
    assert ast.dump(ast.parse(mutant.planted(text))) != ast.dump(ast.parse(text))
    assert mutant.tests
    for test in mutant.tests:
        file, _, name = test.partition("::")
        assert not name or f"def {name}(" in (ROOT / file).read_text("utf-8")


@pytest.mark.parametrize("old", ["x = 3", "a"])
def test_what_does_not_stand_there_exactly_once_is_not_replaced(old: str) -> None:
    mutant = Mutant(promise="x", file="x.py", old=old, new="b", tests=())
    with pytest.raises(ValueError, match=re.escape("x.py")):
        mutant.planted("a = a")


TESTED = """
import half

def test_half():
    assert half.half(4) == 2

def test_nothing():
    assert half
"""


@nightly("it starts the tests of three mutants as processes")
def test_a_mutant_that_lives_is_told_from_one_that_is_killed_and_one_that_was_not_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the tests below need none, and start sooner
    (tmp_path / "half.py").write_text("def half(number):\n    return number / 2\n", "utf-8")
    (tmp_path / "test_half.py").write_text(TESTED, "utf-8")

    def mutant(test: str) -> Mutant:
        return Mutant(promise=test, file="half.py", old="/ 2", new="/ 3", tests=(f"test_half.py::{test}",))

    mutants = [mutant("test_half"), mutant("test_nothing"), mutant("test_gone")]
    outcomes = dict(run(tmp_path, mutants, jobs=2))
    assert list(outcomes.values()) == [Outcome.KILLED, Outcome.LIVED, Outcome.NOT_TRIED]
    assert "/ 2" in (tmp_path / "half.py").read_text("utf-8")
    assert pass_as_they_are(tmp_path, mutants[:2])
    assert not pass_as_they_are(tmp_path, mutants)
