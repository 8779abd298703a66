package io.catwalk.system;

import java.util.Map;

import io.catwalk.system.browser.Browser;

/** A pipeline with its console, and a browser at the console's pages. */
record ConsoleStack(Pipeline pipeline, Browser browser) implements AutoCloseable {
    /** As {@link Pipeline#start(String, Map)}. */
    static ConsoleStack start(String name, Map<String, String> more) {
        Pipeline pipeline = Pipeline.start(name, more);
        try {
            pipeline.stack().startConsole();
            return new ConsoleStack(pipeline, Browser.at(pipeline.stack().console()));
        } catch (RuntimeException e) {
            pipeline.discard();
            throw e;
        }
    }

    @Override
    public void close() {
        browser.close();
        pipeline.close();
    }
}
