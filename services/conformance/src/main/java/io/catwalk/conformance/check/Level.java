package io.catwalk.conformance.check;

/** What it means when a check fails. */
public enum Level {
    /** The specification says so. */
    REQUIRED,
    /** The specification leaves it open; clients get on better with it. */
    RECOMMENDED
}
