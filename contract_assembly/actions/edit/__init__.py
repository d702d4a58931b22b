"""Edit facts without YAML: the shape of a file from its JSON Schema, its fields, what a person changed in them, what that would
do, and the change saved."""

__all__ = ["changed", "fields", "git_branch", "parts", "preview", "save", "shapes"]
