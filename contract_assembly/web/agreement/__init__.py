"""One client and one agreement: facts, documents, history, what comes up, money, law."""
