package io.catwalk.history.topic;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.history.Progress;
import io.catwalk.history.spill.Spill;
import io.catwalk.history.topic.TopicReader.Range;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The records of all topics, read once, and given back by what they belong to. */
public final class TopicHistory implements AutoCloseable {
    /** Events that are no entry of a journal: their source alone knows that it has sent them. */
    public static final Set<EventType<?>> WITHOUT_JOURNAL =
            Set.of(EventType.SERVING_WINDOW, EventType.DRIFT_DETECTED, EventType.INFERENCE_LOGGED);

    private static final Pattern ENTRY_ID = Pattern.compile("(.+)/journal/([1-9][0-9]{0,17})");
    private static final int BUCKETS = 64;

    private final Spill<TopicRecord> events = new Spill<>(BUCKETS, new TopicRecord.Codec());
    private final Spill<TopicRecord> requests = new Spill<>(BUCKETS, new TopicRecord.Codec());
    private final Spill<TopicRecord> others = new Spill<>(BUCKETS, new TopicRecord.Codec());
    private final List<TopicRecord> unplaced = new ArrayList<>();
    private final DeadLetters deadLetters = new DeadLetters();
    private final Map<String, TopicExtent> extents = new HashMap<>();
    private final Map<String, Map<TopicPartition, Long>> acknowledged = new HashMap<>();
    private final EventDecoder decoder = new EventDecoder(Clock.systemUTC());
    private final Topics topics;
    private final Predicate<String> units;
    private long count;

    private TopicHistory(Topics topics, Predicate<String> units) {
        this.topics = topics;
        this.units = units;
    }

    /**
     * Reads all topics up to the ends that they have now.
     *
     * @param broker Kafka's settings of a client
     * @param units which units' records are kept
     */
    public static TopicHistory read(
            Map<String, Object> broker, Topics topics, Predicate<String> units, Progress progress)
            throws InterruptedException {
        TopicHistory history = new TopicHistory(topics, units);
        try (TopicReader reader = new TopicReader(broker);
                TopicAdmin admin = new TopicAdmin(broker)) {
            history.read(reader, admin, progress);
            return history;
        } catch (RuntimeException | InterruptedException e) {
            history.close();
            throw e;
        }
    }

    private void read(TopicReader reader, TopicAdmin admin, Progress progress) throws InterruptedException {
        // What a group has acknowledged before the bucket is read was decided before it.
        for (String group : RequestTopic.ALL.stream().map(RequestTopic::group).collect(Collectors.toSet())) {
            acknowledged.put(group, admin.acknowledged(group));
        }
        Map<TopicPartition, Range> ranges = reader.ranges(names());
        Optional<Set<String>> compacted = admin.compacted(names());
        Map<TopicPartition, Instant> oldest = new HashMap<>();
        progress.begin(
                "reading topics",
                ranges.values().stream()
                        .mapToLong(range -> range.end() - range.begin())
                        .sum());
        reader.read(ranges, record -> {
            oldest.putIfAbsent(
                    new TopicPartition(record.topic(), record.partition()), Instant.ofEpochMilli(record.timestamp()));
            add(record);
            progress.advance(1);
        });
        for (String name : names()) {
            Map<Integer, TopicExtent.Partition> partitions = new HashMap<>();
            ranges.forEach((partition, range) -> {
                if (partition.topic().equals(name)) {
                    partitions.put(
                            partition.partition(),
                            new TopicExtent.Partition(
                                    range.begin(), range.end(), oldest.getOrDefault(partition, Instant.MAX)));
                }
            });
            boolean isCompacted = compacted.map(some -> some.contains(name)).orElse(false);
            extents.put(plain(name), new TopicExtent(plain(name), isCompacted, partitions));
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        count++;
        Optional<EventType<?>> type = topics.typeOf(record.topic());
        if (type.isEmpty()) {
            deadLetters.add(record, topics.prefix());
            return;
        }
        Optional<Event<?>> event = decode(type.get(), record);
        if (!type.get().isRequest()) {
            addFact(type.get(), record, event);
        }
        RequestTopic.of(type.get()).ifPresent(requested -> addRequest(requested, record, event));
    }

    private Optional<Event<?>> decode(EventType<?> type, ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(decoder.decode(type, record));
        } catch (BadEventException e) {
            return Optional.empty();
        }
    }

    private void addFact(EventType<?> type, ConsumerRecord<byte[], byte[]> record, Optional<Event<?>> event) {
        String id = event.map(Event::id).orElse("");
        Fingerprint fingerprint = event.map(Fingerprint::of).orElse(Fingerprint.NONE);
        Matcher entry = ENTRY_ID.matcher(id);
        if (event.isPresent() && WITHOUT_JOURNAL.contains(type)) {
            TopicRecord kept = kept(type.topic(), id, 0, record, fingerprint);
            keep(others, others.bucketOf(id), kept);
        } else if (entry.matches()) {
            TopicRecord kept = kept(entry.group(1), id, Long.parseLong(entry.group(2)), record, fingerprint);
            keep(events, events.bucketOf(kept.unit()), kept);
        } else if (units.test(type.topic())) {
            unplaced.add(kept(type.topic(), id, 0, record, fingerprint));
        }
    }

    private void addRequest(RequestTopic requested, ConsumerRecord<byte[], byte[]> record, Optional<Event<?>> event) {
        String id = event.map(request -> request.type().isRequest()
                        ? request.requestId()
                        : request.key().orElse(""))
                .orElse("");
        TopicRecord kept = kept(requested.kind().folder() + "/" + id, id, 0, record, Fingerprint.NONE);
        keep(requests, requests.bucketOf(kept.unit()), kept);
    }

    private void keep(Spill<TopicRecord> where, int bucket, TopicRecord record) {
        if (units.test(record.unit())) {
            where.add(bucket, record);
        }
    }

    private TopicRecord kept(
            String unit, String id, long number, ConsumerRecord<byte[], byte[]> record, Fingerprint fingerprint) {
        return new TopicRecord(
                unit,
                id,
                number,
                plain(record.topic()),
                record.partition(),
                record.offset(),
                record.timestamp(),
                fingerprint);
    }

    private List<String> names() {
        return Stream.concat(EventType.all().stream().map(topics::nameOf), Stream.of(topics.deadLetters()))
                .toList();
    }

    private String plain(String topic) {
        return topic.substring(topics.prefix().length());
    }

    public int buckets() {
        return BUCKETS;
    }

    /** The bucket that a unit's records are in. */
    public int bucketOf(String unit) {
        return events.bucketOf(unit);
    }

    /** The records of journals' events in a bucket, by their journals, each partition's in order. */
    public Map<String, List<TopicRecord>> events(int bucket) {
        return byUnit(events.read(bucket));
    }

    /** The records of requests in a bucket, by the jobs that they ask for, or whose end they ask for. */
    public Map<String, List<TopicRecord>> requests(int bucket) {
        return byUnit(requests.read(bucket));
    }

    /** The records of events without a journal in a bucket, by their ids. */
    public Map<String, List<TopicRecord>> others(int bucket) {
        return others.read(bucket).stream()
                .collect(Collectors.groupingBy(record -> record.topic() + " " + record.id()));
    }

    /** Records on topics of facts that aren't events, or whose id names no entry. */
    public List<TopicRecord> unplaced() {
        return List.copyOf(unplaced);
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /** By the topics' names without prefix. */
    public Map<String, TopicExtent> extents() {
        return Map.copyOf(extents);
    }

    /** Whether a request's record was acknowledged before the bucket was read. */
    public boolean isAcknowledged(TopicRecord request) {
        TopicPartition partition = new TopicPartition(topics.prefix() + request.topic(), request.partition());
        long next = acknowledged
                .getOrDefault(RequestTopic.of(request).group(), Map.of())
                .getOrDefault(partition, 0L);
        return request.offset() < next;
    }

    /** How many records were read. */
    public long count() {
        return count;
    }

    @Override
    public void close() {
        events.close();
        requests.close();
        others.close();
    }

    private static Map<String, List<TopicRecord>> byUnit(List<TopicRecord> records) {
        return records.stream().collect(Collectors.groupingBy(TopicRecord::unit));
    }
}
