"""Many works: what one worker does, how workers are kept alive, what is written down about a run."""
