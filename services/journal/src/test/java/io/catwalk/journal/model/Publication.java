package io.catwalk.journal.model;

/** An event that the broker has: its id, and what it says. The same event published again changes nothing. */
record Publication(int number, Entry entry) {}
