package io.catwalk.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import io.catwalk.history.content.NamedContent;
import io.catwalk.history.content.NamedContent.Named;
import io.catwalk.history.content.StoredContent;

/** Looks for the content that was named, and hashes it. */
final class ContentLook {
    private final LookContext context;
    private final NamedContent named;
    private final StoredContent stored;

    ContentLook(LookContext context, NamedContent named, StoredContent stored) {
        this.context = context;
        this.named = named;
        this.stored = stored;
    }

    /** @param hashed which content is read, by its key */
    void check(Predicate<String> hashed) throws InterruptedException {
        context.progress().begin("looking for content", named.buckets());
        long bytes = 0;
        for (int bucket = 0; bucket < named.buckets(); bucket++) {
            bytes += sizes(named.in(bucket), bucket).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            context.progress().advance(1);
        }
        context.progress().begin("hashing content, in bytes", bytes);
        for (int bucket = 0; bucket < named.buckets(); bucket++) {
            check(named.in(bucket), bucket, hashed);
        }
    }

    private void check(List<Named> content, int bucket, Predicate<String> hashed) throws InterruptedException {
        Map<String, Long> sizes = sizes(content, bucket);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Named one : content) {
            boolean exists =
                    one.isCheckpoint() || sizes.containsKey(one.digest().hex());
            tasks.add(() -> {
                context.apply(
                        context.rules().blobs(),
                        one.unit(),
                        stored.look(one, exists, hashed.test(one.key()), context.progress()));
                return null;
            });
        }
        context.readers().runAll(tasks);
    }

    /** Of the named blobs alone. */
    private Map<String, Long> sizes(List<Named> content, int bucket) throws InterruptedException {
        if (content.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> all = stored.sizes(bucket);
        Map<String, Long> sizes = new HashMap<>();
        for (Named one : content) {
            Optional.ofNullable(all.get(one.digest().hex()))
                    .ifPresent(size -> sizes.put(one.digest().hex(), size));
        }
        return sizes;
    }
}
