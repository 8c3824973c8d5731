"""The ways out of this machine: addresses that an operator names, proxies, and whom HTTPS
trusts."""
