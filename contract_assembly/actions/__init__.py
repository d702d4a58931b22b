"""What a person does with an agreement: start it, move it through its life, amend, renew, convert."""

__all__ = [
    "amend",
    "change",
    "convert",
    "import_index",
    "issue_block_documents",
    "json_schema",
    "lifecycle",
    "new_client",
    "playbook",
    "renew",
    "reviews",
    "steps",
]
