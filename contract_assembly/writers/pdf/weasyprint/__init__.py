"""PDF laid out by WeasyPrint from the page of `html`."""

__all__: list[str] = []
