"""The platform-agnostic core: decisions are pure, and a thin shell (engine) takes in, carries out
and hands out."""
