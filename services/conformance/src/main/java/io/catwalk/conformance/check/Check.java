package io.catwalk.conformance.check;

/**
 * One property that a conforming server has.
 *
 * @param name the property, as a statement
 */
public record Check(String name, Level level, Probe probe) {
    /** A property that the specification states. */
    public static Check required(String name, Probe probe) {
        return new Check(name, Level.REQUIRED, probe);
    }

    /** A property that the specification leaves open. */
    public static Check recommended(String name, Probe probe) {
        return new Check(name, Level.RECOMMENDED, probe);
    }
}
