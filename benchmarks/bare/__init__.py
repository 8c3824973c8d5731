"""The bare scripts: what somebody would write who only wanted the same done, with the same
libraries."""
