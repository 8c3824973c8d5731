"""What the bot decides, and nothing else: pure functions over frozen records, without network, disk
or clock."""
