"""The kill test: the bot as a process, ended by SIGKILL at every durable boundary and at random
instants."""
