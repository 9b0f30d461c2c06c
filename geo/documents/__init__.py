"""From a report file that somebody sent to its text; what is not plain text is read in the worker."""
