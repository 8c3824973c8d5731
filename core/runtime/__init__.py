"""The shell around the decisions: takes in, carries out and hands out, each ending in one durable
write."""
