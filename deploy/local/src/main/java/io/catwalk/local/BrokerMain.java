package io.catwalk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.catwalk.local.process.LocalPort;
import io.catwalk.local.process.Pause;
import io.catwalk.local.process.ReadyFile;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka broker that is its own controller, on the loopback address:
 * {@code --port N --data DIR --ready FILE}. It creates the pipeline's topics and then the ready file. With
 * {@code --detour L=A} it listens on port L too, and tells clients that come there that its port is A.
 */
public final class BrokerMain {
    private static final Duration POLL = Duration.ofMillis(50);

    private BrokerMain() {}

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        ChildOptions options = ChildOptions.parse(words);
        Path data = options.data().toAbsolutePath();
        Files.createDirectories(data);
        KafkaRaftServer server = start(
                settings(
                        options.port(),
                        LocalPort.free(),
                        data.resolve("log"),
                        Optional.ofNullable(options.detours()).orElse(Map.of())),
                data);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        createTopics("127.0.0.1:" + options.port());
        new ReadyFile(options.ready()).create();
        server.awaitShutdown();
    }

    private static KafkaRaftServer start(Properties settings, Path data) throws IOException {
        if (!Files.exists(Path.of(settings.getProperty("log.dirs"), "meta.properties"))) {
            format(settings, data.resolve("broker.properties"));
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
        return server;
    }

    private static void format(Properties settings, Path file) throws IOException {
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        String cluster = Uuid.randomUuid().toString();
        int status = StorageTool.execute(new String[] {"format", "-t", cluster, "-c", file.toString()}, System.out);
        if (status != 0) {
            throw new UncheckedIOException(new IOException("can't format " + settings.getProperty("log.dirs")));
        }
    }

    /**
     * The broker's settings. Each record is flushed before it is acknowledged, because a journal's {@code published} relies on
     * the acknowledgement. Only the broker uses the controller's port, which may differ at each start.
     */
    private static Properties settings(int port, int controllerPort, Path log, Map<Integer, Integer> detours) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort
                        + eachOf(detours, (name, detour) -> name + "://127.0.0.1:" + detour.getKey()),
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port
                        + eachOf(detours, (name, detour) -> name + "://127.0.0.1:" + detour.getValue()),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT" + eachOf(detours, (name, detour) -> name + ":PLAINTEXT"),
                "log.dirs",
                log.toString(),
                "log.flush.interval.messages",
                "1",
                "auto.create.topics.enable",
                "false"));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "3",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "broker.session.timeout.ms", "3000"));
        settings.putAll(Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "log.index.size.max.bytes", "1048576",
                "log.cleaner.dedupe.buffer.size", "4194304",
                "log.cleaner.io.buffer.size", "131072",
                "broker.heartbeat.interval.ms", "500"));
        return settings;
    }

    /** A comma and what is written of each detour, whose listeners are named by their ports. */
    private static String eachOf(
            Map<Integer, Integer> detours, BiFunction<String, Map.Entry<Integer, Integer>, String> written) {
        return detours.entrySet().stream()
                .map(detour -> "," + written.apply("DETOUR_" + detour.getKey(), detour))
                .collect(Collectors.joining());
    }

    private static void createTopics(String bootstrapServers) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> present = admin.listTopics().names().get();
            Set<String> names =
                    PipelineTopic.ALL.stream().map(PipelineTopic::name).collect(Collectors.toUnmodifiableSet());
            Set<NewTopic> missing = PipelineTopic.ALL.stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .map(PipelineTopic::toKafka)
                    .collect(Collectors.toUnmodifiableSet());
            admin.createTopics(missing).all().get();
            // Clients ask the broker, which learns of new topics a moment after its controller.
            while (!admin.listTopics().names().get().containsAll(names)) {
                Pause.of(POLL);
            }
        }
    }
}
