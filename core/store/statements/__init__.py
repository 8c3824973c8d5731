"""What every store does, as statements that SQLite and Postgres both understand; the databases
themselves are beside it."""
