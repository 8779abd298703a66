package io.catwalk.installation;

import io.catwalk.installation.check.CheckCommand;
import io.catwalk.installation.prepare.PrepareCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** {@code installation prepare | check}; both take their settings from the services' own variables. */
@TopCommand
@Command(
        name = "installation",
        description = "Prepares and checks an installation of Catwalk.",
        mixinStandardHelpOptions = true,
        subcommands = {PrepareCommand.class, CheckCommand.class})
public class InstallationMain {}
