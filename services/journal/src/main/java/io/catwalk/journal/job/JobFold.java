package io.catwalk.journal.job;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.catwalk.journal.Asker;

/**
 * A job's state after an entry: the newest entry alone suffices for a successor.
 *
 * @param request as it was received; absent when a cancel came before it
 * @param requestDigest of the request before defaults; empty when a cancel came before it
 * @param holder of its lease, unless it was never claimed or was given back
 * @param attempts how often it was claimed for work
 * @param lost how many lease holders in a row were lost without progress
 * @param cancelled why it is to end, when a client requested that
 * @param result once the work is over
 * @param state the kind's own record, as a tree
 * @param failures why lease holders have given it back without progress, since the last progress
 * @param askedBy who asked for it; absent where an earlier release appended an entry
 * @param cancelledBy who asked for its end; absent likewise
 */
public record JobFold(
        Optional<JsonNode> request,
        String requestDigest,
        Optional<LeaseHolder> holder,
        int attempts,
        int lost,
        Optional<String> cancelled,
        Optional<JobResult> result,
        JsonNode state,
        Optional<Failures> failures,
        Optional<Asker> askedBy,
        Optional<Asker> cancelledBy) {
    private static final int LONGEST_REASON = 1000;

    public JobFold {
        // An absent tree is read back as JSON's null.
        request = request.filter(tree -> !tree.isNull());
    }

    /**
     * @param claimed the number of its {@code claimed} entry, which names its heartbeat too
     */
    public record LeaseHolder(long claimed, String writer) {}

    /**
     * Releases because of a failure, in a row and without progress between them.
     *
     * @param reason of the last one
     */
    public record Failures(int releases, String reason) {}

    static JobFold accepted(JsonNode request, String requestDigest, Asker asker) {
        return new JobFold(
                Optional.of(request),
                requestDigest,
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                NullNode.getInstance(),
                Optional.empty(),
                Optional.of(asker),
                Optional.empty());
    }

    static JobFold cancelledBeforeItsRequest(String reason, Asker asker) {
        return new JobFold(
                Optional.empty(),
                "",
                Optional.empty(),
                0,
                0,
                Optional.of(reason),
                Optional.empty(),
                NullNode.getInstance(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(asker));
    }

    /** How many lease holders in a row are lost without progress once this process claims the job. */
    int lostWhenClaimedBy(String writer) {
        return holder.filter(gone -> !gone.writer().equals(writer)).isPresent() ? lost + 1 : lost;
    }

    /** Of a cancel that came first. */
    JobFold requested(JsonNode newRequest, String newDigest, Asker asker) {
        return new JobFold(
                Optional.of(newRequest),
                newDigest,
                holder,
                attempts,
                lost,
                cancelled,
                result,
                state,
                failures,
                Optional.of(asker),
                cancelledBy);
    }

    JobFold claimed(LeaseHolder newHolder, boolean forWork, JsonNode newState) {
        return new JobFold(
                request,
                requestDigest,
                Optional.of(newHolder),
                forWork ? attempts + 1 : attempts,
                lostWhenClaimedBy(newHolder.writer()),
                cancelled,
                result,
                newState,
                failures,
                askedBy,
                cancelledBy);
    }

    JobFold progressed(JsonNode newState) {
        return new JobFold(
                request,
                requestDigest,
                holder,
                attempts,
                0,
                cancelled,
                result,
                newState,
                Optional.empty(),
                askedBy,
                cancelledBy);
    }

    JobFold released() {
        return released(failures);
    }

    JobFold releasedAfter(String failure) {
        String reason = failure.substring(0, Math.min(failure.length(), LONGEST_REASON));
        return released(
                Optional.of(new Failures(failures.map(Failures::releases).orElse(0) + 1, reason)));
    }

    private JobFold released(Optional<Failures> known) {
        return new JobFold(
                request,
                requestDigest,
                Optional.empty(),
                attempts,
                lost,
                cancelled,
                result,
                state,
                known,
                askedBy,
                cancelledBy);
    }

    JobFold cancelled(String reason, Asker asker) {
        return new JobFold(
                request,
                requestDigest,
                holder,
                attempts,
                lost,
                Optional.of(reason),
                result,
                state,
                failures,
                askedBy,
                Optional.of(asker));
    }

    JobFold concluded(JobResult newResult, JsonNode newState) {
        return new JobFold(
                request,
                requestDigest,
                holder,
                attempts,
                lost,
                cancelled,
                Optional.of(newResult),
                newState,
                failures,
                askedBy,
                cancelledBy);
    }
}
