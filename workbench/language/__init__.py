"""Words, sentences, quotations, figures, hedges: what is known of language, with the words as data in `lexicon/`."""
