"""The contract as it will be: the document with the place of each fact and clause, its problems, and its changes."""
