"""The README of the package: its examples run, its tables are complete."""

import doctest
from pathlib import Path

import gradebook.assessment
from gradebook.assessment import schemes
from gradebook.assessment.reasons import ReasonCode

README = Path(gradebook.assessment.__file__).with_name("README.md")


def test_the_examples_run():
    failed, tried = doctest.testfile(str(README), module_relative=False)
    assert (failed, tried > 0) == (0, True)


def test_every_reason_and_every_choice_is_explained():
    text = README.read_text(encoding="utf-8")
    words = [code.value for code in ReasonCode] + [*schemes._CHOICES]
    assert [word for word in words if f"`{word}`" not in text] == []
