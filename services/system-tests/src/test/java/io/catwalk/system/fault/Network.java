package io.catwalk.system.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.catwalk.local.Detour;
import io.catwalk.local.StackPorts;
import io.catwalk.local.process.LocalPort;

/** What stands between the services of a stack and its broker and store: for each of them a line of its own to either. */
public final class Network implements AutoCloseable {
    public static final List<String> SERVICES = List.of("ingestion", "training", "evaluation", "serving");

    private final StoreProxy storeRequests;
    private final Map<String, TcpProxy> brokers = new LinkedHashMap<>();
    private final Map<String, TcpProxy> stores = new LinkedHashMap<>();
    private final Map<String, Integer> listeners = new LinkedHashMap<>();

    public Network(StackPorts ports) {
        storeRequests = new StoreProxy(ports.store());
        int listener = LocalPort.free(SERVICES.size());
        for (String service : SERVICES) {
            listeners.put(service, listener);
            brokers.put(service, new TcpProxy(listener++));
            stores.put(service, new TcpProxy(storeRequests.port()));
        }
    }

    /** How each service reaches broker and store. */
    public Map<String, Detour> detours() {
        return SERVICES.stream()
                .collect(Collectors.toMap(
                        service -> service,
                        service -> new Detour(
                                listeners.get(service),
                                brokers.get(service).port(),
                                stores.get(service).port())));
    }

    /** The line between a service and the broker. */
    public TcpProxy broker(String service) {
        return brokers.get(service);
    }

    /** The line between a service and the store. */
    public TcpProxy store(String service) {
        return stores.get(service);
    }

    /** The requests of all services to the store. */
    public StoreProxy storeRequests() {
        return storeRequests;
    }

    /** For all services at once. */
    public void eachBroker(Consumer<TcpProxy> change) {
        brokers.values().forEach(change);
    }

    /** For all services at once. */
    public void eachStore(Consumer<TcpProxy> change) {
        stores.values().forEach(change);
    }

    /** All is as it should be again. */
    public void heal() {
        storeRequests.heal();
        eachBroker(line -> line.set(Line.SOUND));
        eachStore(line -> line.set(Line.SOUND));
    }

    @Override
    public void close() {
        eachBroker(TcpProxy::close);
        eachStore(TcpProxy::close);
        storeRequests.close();
    }
}
