"""Edit facts without YAML: the shape of a file from its JSON Schema, its fields, what a person changed in them, what that would
do, and the change saved."""

__all__ = [
    "amendment",
    "changed",
    "checks",
    "choice_words",
    "facts_file",
    "fields",
    "git_branch",
    "options",
    "parts",
    "preview",
    "save",
    "shapes",
]
