package io.catwalk.local.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import io.catwalk.local.Launcher;
import io.catwalk.local.Launcher.Plan;
import io.catwalk.local.StackPorts;
import io.catwalk.local.StackSettings;

/** The demo on another build: root, data folder, port base, dataset folder. */
public final class FakeDemoMain {
    private FakeDemoMain() {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "io/catwalk/local/logback.xml");
        StackSettings settings = new StackSettings(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                StackPorts.of(Optional.of(arguments[2])),
                Path.of(arguments[3]),
                true);
        Demo demo = new Demo(Demo.request(2, "tutorial-cnn", Instant.now()), Display.of(System.out), System::nanoTime);
        System.exit(new Launcher(System.err).run(() -> new Plan(settings, demo)));
    }
}
