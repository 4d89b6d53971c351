"""What docstrings in the style of NumPy say about a function."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field


@dataclass
class Docstring:
    """The parts of a docstring that descriptions of plans use."""

    summary: str = ""
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.summary and not self.parameters


def parse_docstring(text: str | None) -> Docstring:
    """Reads the first paragraph and the section ``Parameters``."""
    result = Docstring()
    if not text:
        return result
    lines = _dedented(text)
    sections = _section_starts(lines)
    body = lines[: sections[0][0]] if sections else lines
    result.summary = "\n".join(_summary(body))
    for index, (start, title) in enumerate(sections):
        if title == "Parameters":
            end = sections[index + 1][0] if index + 1 < len(sections) else len(lines)
            result.parameters.update(_parameters(lines[start + 2 : end]))
    return result


def _dedented(text: str) -> list[str]:
    """The lines with the indentation of the body taken away; the first line has none."""
    first, _, rest = text.partition("\n")
    return [first.strip()] + textwrap.dedent(rest).split("\n")


def _section_starts(lines: list[str]) -> list[tuple[int, str]]:
    """Lines after an empty one with a title that is underlined along its whole length."""
    starts = []
    for index in range(len(lines) - 1):
        title, underline = lines[index].strip(), lines[index + 1].strip()
        follows_text = index > 0 and lines[index - 1].strip()
        if (
            title
            and not follows_text
            and (underline.startswith("-" * len(title)) or underline.startswith("=" * len(title)))
        ):
            starts.append((index, " ".join(word.capitalize() for word in title.split(" "))))
    return starts


def _summary(lines: list[str]) -> list[str]:
    """The first paragraph that is no signature."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
        elif paragraph:
            joined = " ".join(part.strip() for part in paragraph)
            if not re.match(r"^([\w., ]+=)?\s*[\w.]+\(.*\)$", joined):
                return paragraph
            paragraph = []
    return []


def _parameters(lines: list[str]) -> dict[str, str]:
    """Descriptions by name. An entry begins with a line that is not indented: ``name, other : type``."""
    result: dict[str, str] = {}
    names: list[str] = []
    description: list[str] = []

    def finish() -> None:
        for name in names:
            result[name] = "\n".join(_without_margins(description))

    for line in textwrap.dedent("\n".join(lines)).split("\n"):
        if line.strip() and not line[0].isspace():
            finish()
            header = line.partition(":")[0].replace("*", "")
            names = [name.strip() for name in header.split(",") if name.strip()]
            description = []
        else:
            description.append(line)
    finish()
    return result


def _without_margins(lines: list[str]) -> list[str]:
    """The lines without their common indentation, and with single empty lines between paragraphs only."""
    result: list[str] = []
    for line in textwrap.dedent("\n".join(lines)).split("\n"):
        if line.strip():
            result.append(line)
        elif result and result[-1]:
            result.append("")
    return result[:-1] if result and not result[-1] else result
