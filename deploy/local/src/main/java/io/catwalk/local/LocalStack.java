package io.catwalk.local;

import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import io.catwalk.client.ClientKey;
import io.catwalk.client.PipelineClient;
import io.catwalk.local.process.ChildFailedException;
import io.catwalk.local.process.ChildGroup;
import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.LocalPort;
import io.catwalk.local.process.LogTail;
import io.catwalk.local.process.PortOwner;

/**
 * The whole pipeline on this machine: broker and store, then the four services, as child processes on one data folder.
 * It continues with the data of an earlier stack in the folder, unless the settings ask for a fresh one.
 */
public final class LocalStack implements StackView, AutoCloseable {
    private static final int TAIL_LINES = 30;

    private final StackSettings settings;
    private final DataFolder folder;
    private final StoreKeys keys;
    private final Map<String, Detour> detours;
    private final ChildGroup children = new ChildGroup();

    private LocalStack(StackSettings settings, DataFolder folder, StoreKeys keys, Map<String, Detour> detours) {
        this.settings = settings;
        this.folder = folder;
        this.keys = keys;
        this.detours = Map.copyOf(detours);
    }

    /**
     * A stack that isn't started yet, but has locked its data folder.
     *
     * @throws StackSetupException when the folder or a port is in use; names by whom
     */
    public static LocalStack create(StackSettings settings) {
        return create(settings, Map.of());
    }

    /**
     * The same where services reach broker and store by other ways.
     *
     * @param detours by the service's name
     */
    public static LocalStack create(StackSettings settings, Map<String, Detour> detours) {
        DataFolder folder = DataFolder.hold(settings.data());
        try {
            settings.ports().byName().forEach(LocalStack::refuseTaken);
            if (settings.fresh()) {
                folder.clear();
            }
            StoreKeys keys = StoreKeys.of(settings.data().resolve("store-keys"), new SecureRandom());
            return new LocalStack(settings, folder, keys, detours);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static void refuseTaken(String name, int port) {
        if (LocalPort.isFree(port)) {
            return;
        }
        String owner = PortOwner.of(port)
                .map(process -> "process %d (%s)"
                        .formatted(process.pid(), process.info().command().orElse("unknown")))
                .orElse("another process");
        throw new StackSetupException("port %d, for %s, is in use by %s: stop it, or move all ports with %s"
                .formatted(port, name, owner, StackPorts.BASE_VARIABLE));
    }

    /**
     * Starts all children and waits until they are ready.
     *
     * @throws StackSetupException when a service isn't built
     * @throws ChildFailedException when one ends or isn't ready in time
     * @throws CancellationException when the stack is closed during the call
     */
    public void start() {
        List<ChildSpec> services = Stream.of(PipelineService.values())
                .filter(service -> service != PipelineService.CONSOLE)
                .map(service -> serviceSpec(service, Map.of()))
                .toList();
        children.startWave(List.of(brokerSpec(), storeSpec()));
        children.startWave(services);
    }

    /**
     * Starts the console of a started stack and waits until it is ready; without it a stack serves programs alone.
     *
     * @throws StackSetupException when it isn't built
     * @throws ChildFailedException when it ends or isn't ready in time
     * @throws CancellationException when the stack is closed during the call
     */
    public void startConsole() {
        children.startWave(List.of(serviceSpec(PipelineService.CONSOLE, Map.of())));
    }

    /** @throws IllegalArgumentException when there is no such child */
    public long pid(String child) {
        return children.pid(child);
    }

    /**
     * Ends one child as a crash would, by SIGKILL.
     *
     * @param child as {@code training} or {@code broker}
     * @throws IllegalArgumentException when there is no such child
     */
    public void kill(String child) {
        children.kill(child);
    }

    /**
     * Restarts one child on its data without waiting for it; kills it first if it still runs.
     *
     * @throws IllegalArgumentException when there is no such child
     */
    public void restart(String child) {
        restart(child, Map.of());
    }

    /**
     * The same with other variables of a service's environment, for this one process.
     *
     * @throws IllegalArgumentException when there is no such child
     */
    public void restart(String child, Map<String, String> environment) {
        children.restart(spec(child, environment));
    }

    /**
     * Waits until a child does its work.
     *
     * @throws IllegalArgumentException when there is no such child
     * @throws ChildFailedException when it has ended or isn't ready in time
     */
    public void awaitReady(String child) {
        children.awaitReady(child);
    }

    private ChildSpec spec(String child, Map<String, String> environment) {
        return switch (child) {
            case "broker" -> brokerSpec();
            case "store" -> storeSpec();
            default -> serviceSpec(PipelineService.named(child), environment);
        };
    }

    private ChildSpec serviceSpec(PipelineService service, Map<String, String> environment) {
        return service.spec(settings, keys, Optional.ofNullable(detours.get(service.childName())), environment);
    }

    private ChildSpec brokerSpec() {
        return BrokerProcess.spec(
                settings.data().resolve("broker"), settings.ports().kafka(), settings.log("broker"), detours.values());
    }

    private ChildSpec storeSpec() {
        return StoreProcess.spec(
                settings.data().resolve("store"), settings.ports().store(), keys, settings.log("store"));
    }

    public StackSettings settings() {
        return settings;
    }

    @Override
    public List<String> logTail(String child) {
        return LogTail.read(settings.log(child), 0, TAIL_LINES);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + settings.ports().kafka();
    }

    /** A new client of the four services, with the environment's key where there is one. */
    public PipelineClient client() {
        return new PipelineClient(ingestion(), training(), evaluation(), serving()).with(ClientKey.of(System.getenv()));
    }

    public URI ingestion() {
        return address(settings.ports().ingestion());
    }

    public URI training() {
        return address(settings.ports().training());
    }

    public URI evaluation() {
        return address(settings.ports().evaluation());
    }

    public URI serving() {
        return address(settings.ports().serving());
    }

    /** Where the console is, once it is started. */
    public URI console() {
        return address(settings.ports().console());
    }

    /**
     * Where a service has its probes and metrics.
     *
     * @param service as {@code training}
     * @throws IllegalArgumentException when no service has the name
     */
    public URI management(String service) {
        return address(PipelineService.named(service).managementPort(settings.ports()));
    }

    public URI store() {
        return address(settings.ports().store());
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public Optional<ChildFailedException> failure() {
        return children.failure();
    }

    /** Waits until a child ends by itself, and returns the error to report. */
    public ChildFailedException awaitFailure() {
        return children.awaitFailure();
    }

    /** Stops the services, then broker and store; nothing is left running on return. May be called from another thread. */
    @Override
    public void close() {
        children.close();
        folder.close();
    }
}
