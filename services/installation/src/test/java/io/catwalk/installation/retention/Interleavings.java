package io.catwalk.installation.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.ObjectStore;

/**
 * All orders in which the calls of some processes can reach a store, and the clock can jump between them: depth first, each state
 * once. A process that is killed, or frozen, is one whose next call never comes, so each state is also what a kill leaves.
 */
final class Interleavings {
    private final Function<World, List<Actor.Script>> scripts;
    private final Function<World, Optional<String>> violation;
    private final Duration jump;
    private final int jumps;
    private final Set<String> known = new HashSet<>();
    private final Deque<List<Integer>> next = new ArrayDeque<>(List.of(List.of()));
    private long ended;

    /**
     * @param scripts the processes of a world, which may also lay out what lies there before
     * @param violation what is wrong in a world, if anything
     * @param jump of the clock, up to {@code jumps} times
     */
    Interleavings(
            Function<World, List<Actor.Script>> scripts,
            Function<World, Optional<String>> violation,
            Duration jump,
            int jumps) {
        this.scripts = scripts;
        this.violation = violation;
        this.jump = jump;
        this.jumps = jumps;
    }

    /** A store with a clock. */
    static final class World {
        private Instant now = Instant.parse("2026-11-01T00:00:00Z");
        final ObjectStore store = new InMemoryObjectStore(() -> now);

        void pass(Duration time) {
            now = now.plus(time);
        }

        private String content() {
            StringBuilder content = new StringBuilder(now.toString());
            for (String folder :
                    List.of("blobs/", "deletions/", "runs/", "ingestions/", "datasets/", "open/", "index/")) {
                content.append(Actor.stable(store.list(new Folder(folder)).toString()));
            }
            return content.toString();
        }
    }

    /** What was found. */
    record Explored(int states, long ended, Optional<String> violation) {}

    /** On a virtual thread, as the processes are: a step costs microseconds. */
    Explored explore() throws InterruptedException {
        AtomicReference<Optional<String>> wrong = new AtomicReference<>(Optional.empty());
        Thread explorer = Thread.ofVirtual().start(() -> {
            while (wrong.get().isEmpty() && !next.isEmpty()) {
                wrong.set(follow(next.removeLast()));
            }
        });
        explorer.join();
        return new Explored(known.size(), ended, wrong.get());
    }

    /** Replays these steps, then goes on as long as that leads to new states; of each it leaves the other steps for later. */
    private Optional<String> follow(List<Integer> steps) {
        World world = new World();
        List<Actor> actors = scripts.apply(world).stream()
                .map(script -> new Actor(world.store, script))
                .toList();
        actors.forEach(Actor::start);
        try {
            List<Integer> taken = new ArrayList<>();
            for (int step : steps) {
                take(step, world, actors, taken);
            }
            while (known.add(state(world, actors))) {
                Optional<String> wrong = violation.apply(world);
                if (wrong.isPresent()) {
                    return Optional.of(wrong.get() + " after " + taken + ": " + actors);
                }
                List<Integer> possible = possible(taken, actors);
                if (possible.isEmpty()) {
                    ended++;
                    break;
                }
                possible.stream().skip(1).forEach(step -> next.add(and(taken, step)));
                take(possible.getFirst(), world, actors, taken);
            }
            return Optional.empty();
        } finally {
            actors.forEach(Actor::kill);
        }
    }

    private void take(int step, World world, List<Actor> actors, List<Integer> taken) {
        taken.add(step);
        if (step < actors.size()) {
            actors.get(step).step();
        } else {
            world.pass(jump);
        }
    }

    private static String state(World world, List<Actor> actors) {
        StringBuilder state = new StringBuilder(world.content());
        actors.forEach(actor -> state.append('|').append(actor.heard()).append(actor.isFinished()));
        return state.toString();
    }

    /** The processes that go on, by their numbers, and behind them the clock's jump. */
    private List<Integer> possible(List<Integer> taken, List<Actor> actors) {
        List<Integer> steps = new ArrayList<>(IntStream.range(0, actors.size())
                .filter(actor -> !actors.get(actor).isFinished())
                .boxed()
                .toList());
        long jumped = taken.stream().filter(step -> step == actors.size()).count();
        if (!steps.isEmpty() && jumped < jumps) {
            steps.add(actors.size());
        }
        return steps;
    }

    private static List<Integer> and(List<Integer> steps, int step) {
        List<Integer> more = new ArrayList<>(steps);
        more.add(step);
        return more;
    }
}
