"""From the bytes of any file of the field to rows of text, or to the sentence that says why not."""
