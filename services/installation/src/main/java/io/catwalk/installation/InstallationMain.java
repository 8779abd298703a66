package io.catwalk.installation;

import io.catwalk.installation.access.CreateKeysCommand;
import io.catwalk.installation.access.GenerateKeyCommand;
import io.catwalk.installation.check.CheckCommand;
import io.catwalk.installation.history.CheckHistoryCommand;
import io.catwalk.installation.prepare.PrepareCommand;
import io.catwalk.installation.retention.ApplyRetentionCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** {@code installation prepare | check | check-history | apply-retention | generate-key | create-keys}; all take their settings from the services' own variables. */
@TopCommand
@Command(
        name = "installation",
        description = "Prepares and checks an installation of Catwalk.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PrepareCommand.class,
            CheckCommand.class,
            CheckHistoryCommand.class,
            ApplyRetentionCommand.class,
            GenerateKeyCommand.class,
            CreateKeysCommand.class
        })
public class InstallationMain {}
