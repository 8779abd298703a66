package io.catwalk.system;

import io.catwalk.system.browser.Browser;

/** A pipeline with its console, and a browser at the console's pages. */
record ConsoleStack(Pipeline pipeline, Browser browser) implements AutoCloseable {
    /** As {@link Pipeline#start(String)}. */
    static ConsoleStack start(String name) {
        Pipeline pipeline = Pipeline.start(name);
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
