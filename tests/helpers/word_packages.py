"""Word files made by hand, part by part, as other programs and attackers make them."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def body(inside: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """A main part with these paragraphs."""
    return f'{head}<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{inside}</w:body></w:document>'


def says(text: str) -> str:
    """A paragraph."""
    return f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def package(main: str | bytes, how: int = zipfile.ZIP_DEFLATED, **parts: str | bytes) -> bytes:
    """A package with a main part and other parts in word/, named without suffix."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", how) as file:
        file.writestr("word/document.xml", main)
        for name, part in parts.items():
            file.writestr(f"word/{name}.xml", part)
    return into.getvalue()


def story(root: str, inside: str) -> str:
    """A part such as a footer, by the name of its root element."""
    return f'<w:{root} xmlns:w="{W}">{inside}</w:{root}>'
