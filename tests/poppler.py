"""What poppler, which knows nothing of the portal, reads in a PDF."""

import subprocess


def poppler(pdf: bytes, *command: str) -> str:
    """What a program of poppler says of the file that it is given as "-"."""
    return subprocess.run(command, check=True, capture_output=True, input=pdf).stdout.decode()


def text_of(pdf: bytes, *options: str) -> str:
    return poppler(pdf, "pdftotext", *options, "-", "-")


def pages_of(pdf: bytes, *options: str) -> list[str]:
    return text_of(pdf, *options).rstrip("\f").split("\f")


def words_of(pdf: bytes, *options: str) -> str:
    """With single spaces, wherever a line breaks."""
    return " ".join(text_of(pdf, *options).split())


def drawing_of(pdf: bytes) -> str:
    """The pages as they are drawn, with fonts and colours."""
    return poppler(pdf, "pdftohtml", "-stdout", "-xml", "-i", "-", "named but not written")
