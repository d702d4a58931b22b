"""The folder with a firm's words and facts, read from disk or from git history, and written whole or not at all."""

__all__ = [
    "brand",
    "cluster",
    "file_cache",
    "git",
    "git_setup",
    "inputs",
    "laws",
    "lost_files",
    "mappings",
    "models",
    "other_programs",
    "program_library",
    "record",
    "record_file",
    "record_writer",
    "selection",
    "source",
    "store",
    "text_files",
    "yaml_editor",
]
