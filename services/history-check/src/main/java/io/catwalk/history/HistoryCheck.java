package io.catwalk.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.catwalk.events.Topics;
import io.catwalk.history.topic.TopicHistory;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.ObjectStore;

/**
 * Checks a bucket and its topics against all {@link io.catwalk.history.rule.Rules}. It only reads. An installation may be running
 * meanwhile: what seems wrong is looked at again after {@link CheckSettings#patience}, and only what still is so counts.
 *
 * <p>Journals are held in memory one per reader, records as a sixty-fourth of them; names of jobs, and of decisions each event, all
 * at once.
 */
public final class HistoryCheck {
    private static final Retry RETRY = new Retry(Duration.ofMillis(200), Duration.ofSeconds(5), 6);

    private final ObjectStore store;
    private final Map<String, Object> broker;
    private final Topics topics;
    private final CheckSettings settings;
    private final Progress progress;

    /** @param broker Kafka's settings of a client, as {@code bootstrap.servers} */
    public HistoryCheck(
            ObjectStore store, Map<String, Object> broker, Topics topics, CheckSettings settings, Progress progress) {
        this.store = store;
        this.broker = new HashMap<>(broker);
        this.topics = topics;
        this.settings = settings;
        this.progress = progress;
    }

    /** @throws CannotCheckException when the store or the broker doesn't give what is needed */
    public Report run() throws InterruptedException {
        Look first = look(unit -> true, key -> settings.content());
        List<Finding> suspects = first.findings().all();
        if (suspects.isEmpty()) {
            return report(first, List.of());
        }
        Thread.sleep(settings.patience());
        Set<String> units = first.findings().units();
        Set<String> subjects = suspects.stream().map(Finding::subject).collect(Collectors.toSet());
        Look second = look(units::contains, key -> settings.content() && subjects.contains(key));
        List<Finding> confirmed = second.findings().all().stream()
                .filter(finding -> suspects.stream().anyMatch(finding::isSame))
                .toList();
        return report(first, confirmed);
    }

    private Look look(Predicate<String> units, Predicate<String> hashed) throws InterruptedException {
        try (TopicHistory records = TopicHistory.read(broker, topics, units, progress)) {
            return Look.at(store, RETRY, records, settings, units, hashed, progress);
        }
    }

    private static Report report(Look first, List<Finding> confirmed) {
        List<Report.RuleTally> rules = new ArrayList<>();
        for (String rule : first.rules()) {
            long found = confirmed.stream()
                    .filter(finding -> finding.rule().equals(rule))
                    .count();
            rules.add(new Report.RuleTally(rule, first.findings().checked(rule), found));
        }
        long beyond = Math.max(0, first.findings().total() - Findings.KEPT);
        return new Report(rules, confirmed, confirmed.size() + beyond, first.notes());
    }
}
