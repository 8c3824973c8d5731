"""What is said about a request, and which buttons go with it: pure functions of what is known. The
steps decide what happens; here it gets its words."""
