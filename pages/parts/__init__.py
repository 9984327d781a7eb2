"""What pages are made of: asking, filters, cards, tables, words. No page of the menu lies here."""
