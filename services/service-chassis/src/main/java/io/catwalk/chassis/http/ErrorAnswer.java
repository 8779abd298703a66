package io.catwalk.chassis.http;

/**
 * Every route's body of an error.
 *
 * @param error names the field, its value and its limit, or what to do
 */
public record ErrorAnswer(String error) {}
