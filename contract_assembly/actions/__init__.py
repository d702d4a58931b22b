"""What people do with an agreement: start it, change its status, amend, renew, convert."""

__all__ = [
    "amend",
    "change",
    "convert",
    "firm_questions",
    "import_clients",
    "import_index",
    "issue_block_documents",
    "json_schema",
    "lifecycle",
    "new_client",
    "playbook",
    "program_set",
    "renew",
    "reviews",
    "start_repository",
    "steps",
]
