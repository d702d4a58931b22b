"""What people do with an agreement: start it, change its status, amend, renew, convert."""

__all__ = [
    "amend",
    "change",
    "convert",
    "correct_counts",
    "firm_questions",
    "import_index",
    "issue_block_documents",
    "json_schema",
    "lifecycle",
    "negotiate",
    "new_client",
    "playbook",
    "program_set",
    "receive",
    "renew",
    "reply",
    "reviews",
    "sign",
    "start_repository",
    "steps",
]
