"""Reads docker-compose.yml and the Dockerfile the way a container engine would, for running without one."""

import json
import re
from dataclasses import dataclass
from typing import Any

import yaml

from tests.running.processes import ROOT


@dataclass(frozen=True)
class Service:
    command: list[str]
    environment: dict[str, str]
    healthcheck: list[str]


def services(variables: dict[str, str]) -> dict[str, Service]:
    """The services that run our own image."""
    text = interpolate((ROOT / "docker-compose.yml").read_text(encoding="utf-8"), variables)
    described = yaml.safe_load(text)["services"]
    return {
        name: Service(
            command=service.get("command", image("CMD")),
            environment=image_environment() | service["environment"],
            healthcheck=shell(service.get("healthcheck", {}).get("test", image("HEALTHCHECK"))),
        )
        for name, service in described.items()
        if service["image"] == "school-records-portal"
    }


def interpolate(text: str, variables: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name, default = match["name"], match["default"]
        return variables[name] if default is None else variables.get(name, default)

    text = re.sub(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*)|:\?[^}]*)?\}", value, text)
    return text.replace("$$", "$")


def shell(test: list[str]) -> list[str]:
    kind, *words = test
    return ["sh", "-c", *words] if kind == "CMD-SHELL" else words


def image(instruction: str) -> list[str]:
    """The words of CMD, or of HEALTHCHECK … CMD with the CMD, as a list in JSON."""
    text = dockerfile()
    if instruction == "CMD":
        return _json(re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)[-1])
    return ["CMD", *_json(re.findall(r"^HEALTHCHECK .* CMD (\[.*\])$", text, re.MULTILINE)[-1])]


def image_environment() -> dict[str, str]:
    words = " ".join(re.findall(r"^ENV (.*)$", dockerfile(), re.MULTILINE)).split()
    return dict(word.split("=", 1) for word in words)


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def _json(text: str) -> list[str]:
    words: Any = json.loads(text)
    assert isinstance(words, list)
    return words
