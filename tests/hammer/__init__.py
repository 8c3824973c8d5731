"""Several processes on one Postgres at the same time, as fast as they can: what one of them does,
no other does as well."""
