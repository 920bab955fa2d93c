"""People and their credentials: users, API tokens, contacts of vendors, and who is calling."""
