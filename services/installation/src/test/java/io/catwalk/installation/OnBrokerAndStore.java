package io.catwalk.installation;

import java.nio.file.Path;

import io.catwalk.local.BrokerProcess;
import io.catwalk.local.StoreProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests on a real broker and store, which all tests of a class share. */
public abstract class OnBrokerAndStore {
    protected static final String ACCESS_KEY = "catwalk";
    protected static final String SECRET_KEY = "catwalk-secret";

    @TempDir
    static Path folder;

    private static BrokerProcess broker;
    private static StoreProcess store;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.start(folder.resolve("broker"));
        store = StoreProcess.start(folder.resolve("store"), ACCESS_KEY, SECRET_KEY);
    }

    @AfterAll
    static void stop() {
        store.close();
        broker.close();
    }

    protected static BrokerProcess broker() {
        return broker;
    }

    protected static StoreProcess store() {
        return store;
    }
}
