package io.catwalk.local;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The limits of an option that is a whole number, both included. */
public record Limits(int least, int most) {
    /**
     * The value.
     *
     * @throws ParameterException when it isn't within the limits
     */
    public int check(CommandSpec command, String option, int value) {
        if (value < least || value > most) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s is %d, must be a whole number from %d to %d".formatted(option, value, least, most));
        }
        return value;
    }
}
