"""From a file that somebody sent to typed rows, or to sentences that say why not."""
