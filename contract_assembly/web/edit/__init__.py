"""Pages that change something: facts, counts of a running contract, a status, a new client, a renewal."""
