"""Open a PDF from anywhere within fixed limits (with pikepdf, imported only here). Nothing in it is run."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any

from contract_assembly.writers.returned.limits import MAX_ENCLOSED, UnreadableError

MOST = 64  # embedded files, form fields, warnings


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """A `pikepdf.Pdf`. Any fault in the file, raised here or inside the context, becomes an UnreadableError."""
    library = _library()
    try:
        with library.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as file:
            yield file
    except library.PasswordError:
        raise UnreadableError("this PDF is locked with a password") from None
    except (
        library.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, RecursionError, IndexError,
        OverflowError, NotImplementedError,
    ):  # fmt: skip
        raise UnreadableError("this PDF is damaged") from None


@cache
def _library() -> Any:
    library = import_module("pikepdf")
    library.settings.set_qpdf_limits(
        flate_max_memory=MAX_ENCLOSED, run_length_max_memory=MAX_ENCLOSED, png_max_memory=MAX_ENCLOSED,
        tiff_max_memory=MAX_ENCLOSED, dct_max_memory=MAX_ENCLOSED, doc_max_warnings=MOST, max_stream_filters=4,
    )  # fmt: skip
    return library
