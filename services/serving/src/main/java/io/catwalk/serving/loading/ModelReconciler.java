package io.catwalk.serving.loading;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.loading.VersionStatus.State;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.registry.ModelVersion;
import io.catwalk.serving.registry.Promotion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the served versions with the registry: each label serves the newest usable version that it was promoted to. If a
 * version is refused, the label keeps the previous one; if the store is unavailable, it keeps its version, or takes the newest
 * one available if it serves none yet. The old version serves until the new one has passed its warm-up. The versions of the
 * policy are loaded after those of all labels, as readiness waits for labels alone. Not thread-safe.
 */
public final class ModelReconciler {
    private static final Logger LOG = LoggerFactory.getLogger(ModelReconciler.class);

    private final ModelRegistry registry;
    private final VersionPolicy policy;
    private final ServedModels served;
    private final ModelOpener opener;
    private final LoadBoard board;
    private final LoadingMetrics metrics;
    private final RetryDelays delays;
    private final Duration metricsGrace;
    private final InstantSource clock;

    private final Map<VersionKey, Attempt> attempts = new HashMap<>();
    private final List<Retired> retired = new ArrayList<>();

    public ModelReconciler(
            ModelRegistry registry,
            VersionPolicy policy,
            ServedModels served,
            ModelOpener opener,
            LoadBoard board,
            LoadingMetrics metrics,
            RetryDelays delays,
            Duration metricsGrace,
            InstantSource clock) {
        this.registry = registry;
        this.policy = policy;
        this.served = served;
        this.opener = opener;
        this.board = board;
        this.metrics = metrics;
        this.delays = delays;
        this.metricsGrace = metricsGrace;
        this.clock = clock;
    }

    /** Runs one pass over all models. */
    public void reconcile() {
        List<Name> models = registry.models();
        models.forEach(this::endRollouts);
        models.forEach(this::reconcileLabels);
        models.forEach(this::loadByPolicy);
        forgetRetired();
    }

    /** First of all, as a load takes a while: a canary that another promotion has replaced gets no more requests. */
    private void endRollouts(Name model) {
        registry.labels(model).forEach((label, promotions) -> {
            Promotion newest = promotions.getFirst();
            Optional<Target> before = served.target(model, label);
            if (newest.ends()) {
                before.ifPresent(ended -> end(model, label));
            } else {
                before.filter(target -> target.weight().isPresent())
                        .filter(target -> target.model().version().version() != newest.version())
                        .ifPresent(replaced -> point(model, label, replaced.withoutWeight()));
            }
        });
    }

    private void reconcileLabels(Name model) {
        Set<VersionKey> considered = new HashSet<>();
        for (long version : byPolicy(model)) {
            registry.version(model, version).map(VersionKey::of).ifPresent(considered::add);
        }
        registry.labels(model).forEach((label, promotions) -> reconcile(model, label, promotions, considered));
        retireOthers(model, considered);
    }

    private void loadByPolicy(Name model) {
        for (long version : byPolicy(model)) {
            registry.version(model, version)
                    .map(VersionKey::of)
                    .ifPresentOrElse(this::attempt, () -> board.post(model, unpublished(version)));
        }
    }

    private static VersionStatus unpublished(long version) {
        return new VersionStatus(
                version, State.DELAYED, "version " + version + " is to be loaded, but no model-published names it yet");
    }

    private List<Long> byPolicy(Name model) {
        return policy.versions(model, registry.versions(model));
    }

    private void reconcile(Name model, Name label, List<Promotion> promotions, Set<VersionKey> considered) {
        List<Promotion> standing =
                promotions.stream().takeWhile(promotion -> !promotion.ends()).toList();
        Optional<Target> before = served.target(model, label);
        Optional<Choice> choice = choose(model, standing, considered, before.isPresent());
        choice.map(Choice::target).or(() -> before.map(Target::withoutWeight)).ifPresent(target -> {
            if (!before.equals(Optional.of(target))) {
                point(model, label, target);
            }
        });
        choice.ifPresent(chosen -> metrics.labelServes(
                model, label, chosen.target().model().version().version(), chosen.behind()));
    }

    private void point(Name model, Name label, Target target) {
        served.point(model, label, target);
        metrics.rollout(model, label, target.weight());
        long version = target.model().version().version();
        target.weight()
                .ifPresentOrElse(
                        weight -> LOG.info("{}/{} serves version {} at weight {}", model, label, version, weight),
                        () -> LOG.info("{}/{} serves version {}", model, label, version));
    }

    private void end(Name model, Name label) {
        served.unpoint(model, label);
        metrics.labelEnded(model, label);
        LOG.info("{}/{} serves nothing any more", model, label);
    }

    /** @param serving whether the label serves a version that it can keep while a newer one waits */
    private Optional<Choice> choose(
            Name model, List<Promotion> promotions, Set<VersionKey> considered, boolean serving) {
        int behind = 0;
        Map<VersionKey, Promotion> newest = new LinkedHashMap<>();
        promotions.forEach(promotion ->
                newest.putIfAbsent(new VersionKey(model, promotion.version(), promotion.digest()), promotion));
        for (Map.Entry<VersionKey, Promotion> candidate : newest.entrySet()) {
            VersionKey key = candidate.getKey();
            considered.add(key);
            switch (attempt(key)) {
                case Attempt.Loaded loaded -> {
                    return Optional.of(Choice.of(loaded.model(), candidate.getValue(), behind));
                }
                case Attempt.Delayed delayed
                when serving -> {
                    return Optional.empty();
                }
                case Attempt.Delayed delayed -> behind++;
                case Attempt.Refused refused -> behind++;
            }
        }
        return Optional.empty();
    }

    private Attempt attempt(VersionKey key) {
        Optional<Attempt> last = Optional.ofNullable(attempts.get(key));
        if (last.filter(this::stands).isPresent()) {
            return last.get();
        }
        board.post(key.model(), new VersionStatus(key.version(), State.LOADING, ""));
        Attempt attempt = open(key, last);
        attempts.put(key, attempt);
        post(key, attempt);
        return attempt;
    }

    private boolean stands(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Loaded loaded -> true;
            case Attempt.Delayed delayed -> clock.instant().isBefore(delayed.nextTry());
            case Attempt.Refused refused -> clock.instant().isBefore(refused.nextTry());
        };
    }

    private Attempt open(VersionKey key, Optional<Attempt> last) {
        Optional<ModelVersion> published = registry.version(key.model(), key.version());
        // There is no order across topics: a promotion may be read before the publication that preceded it.
        if (published.isEmpty()) {
            return delayed(
                    key, last, "version " + key.version() + " was promoted, but no model-published names it yet");
        }
        try {
            return opened(key, published.get());
        } catch (UnloadableModelException e) {
            LOG.error("{} is refused: {}", key, e.getMessage());
            return new Attempt.Refused(e.getMessage(), clock.instant().plus(delays.refused()));
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            return delayed(key, last, ErrorCategory.shown(e, LOG));
        }
    }

    private Attempt opened(VersionKey key, ModelVersion version) {
        requirePromoted(key, version);
        Instant started = clock.instant();
        LoadedModel loaded = opener.open(version);
        served.add(loaded);
        retired.removeIf(old -> old.version().version() == key.version()
                && old.version().model().equals(key.model()));
        metrics.loaded(version, Duration.between(started, clock.instant()));
        return new Attempt.Loaded(loaded);
    }

    private static void requirePromoted(VersionKey key, ModelVersion version) {
        if (!version.digest().equals(key.digest())) {
            throw new UnloadableModelException("version " + key.version() + " was promoted with digest " + key.digest()
                    + " and published with digest " + version.digest());
        }
    }

    private Attempt delayed(VersionKey key, Optional<Attempt> last, String why) {
        Duration delay =
                delays.next(last.orElse(null) instanceof Attempt.Delayed delayed ? delayed.delay() : Duration.ZERO);
        LOG.warn("{} can't be loaded now, next try in {}: {}", key, delay, why);
        return new Attempt.Delayed(why, clock.instant().plus(delay), delay);
    }

    private void post(VersionKey key, Attempt attempt) {
        VersionStatus status = switch (attempt) {
            case Attempt.Loaded loaded -> new VersionStatus(key.version(), State.AVAILABLE, "");
            case Attempt.Delayed delayed -> new VersionStatus(key.version(), State.DELAYED, delayed.message());
            case Attempt.Refused refused -> new VersionStatus(key.version(), State.REFUSED, refused.message());
        };
        board.post(key.model(), status);
        if (!status.message().isEmpty()) {
            metrics.failed(key.model(), status.state());
        }
    }

    /** Releases versions that neither a label serves nor the policy asks for, and forgets failures of others than these. */
    private void retireOthers(Name model, Set<VersionKey> considered) {
        Iterator<Map.Entry<VersionKey, Attempt>> all = attempts.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<VersionKey, Attempt> entry = all.next();
            VersionKey key = entry.getKey();
            boolean kept = considered.contains(key)
                    || entry.getValue() instanceof Attempt.Loaded loaded
                            && served.labels(model.value()).containsValue(loaded.model());
            if (key.model().equals(model) && !kept) {
                all.remove();
                board.remove(model, key.version());
                if (entry.getValue() instanceof Attempt.Loaded loaded) {
                    served.remove(loaded.model());
                    loaded.model().retire();
                    retired.add(new Retired(
                            loaded.model().version(), clock.instant().plus(metricsGrace)));
                }
            }
        }
    }

    private void forgetRetired() {
        Instant now = clock.instant();
        retired.stream().filter(old -> old.until().isBefore(now)).forEach(old -> opener.forget(old.version()));
        retired.removeIf(old -> old.until().isBefore(now));
    }

    /** Releases all models at shutdown. */
    public void retireAll() {
        for (Attempt attempt : attempts.values()) {
            if (attempt instanceof Attempt.Loaded loaded) {
                loaded.model().retire();
            }
        }
        attempts.clear();
    }

    private record VersionKey(Name model, long version, Digest digest) {
        static VersionKey of(ModelVersion version) {
            return new VersionKey(version.model(), version.version(), version.digest());
        }

        @Override
        public String toString() {
            return model + "/" + version;
        }
    }

    private record Choice(Target target, int behind) {
        /** Only the newest promotion's version has a weight. */
        static Choice of(LoadedModel model, Promotion promotion, int behind) {
            Target target = new Target(model, promotion.entry(), promotion.weight());
            return new Choice(behind == 0 ? target : target.withoutWeight(), behind);
        }
    }

    private record Retired(ModelVersion version, Instant until) {}
}
