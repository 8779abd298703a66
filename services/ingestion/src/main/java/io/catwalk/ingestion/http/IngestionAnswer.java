package io.catwalk.ingestion.http;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.ingestion.job.IngestionResult;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;

/**
 * An ingestion.
 *
 * @param state {@code waiting}, {@code running}, {@code succeeded}, {@code failed} or {@code cancelled}
 * @param attempts how often a replica took it
 * @param request as it was received; absent when a cancel came before it
 * @param progress what the work last showed, while it is running
 * @param reason why it didn't succeed
 * @param entry the number of its entry in the dataset's line
 * @param digest of the manifest, if the dataset is ready
 * @param links by what they lead to
 */
record IngestionAnswer(
        String ingestionId,
        String state,
        int attempts,
        Optional<JsonNode> request,
        Optional<JsonNode> progress,
        Optional<String> reason,
        Optional<Long> entry,
        Optional<String> digest,
        Map<String, String> links) {
    IngestionAnswer {
        links = Map.copyOf(links);
    }

    static IngestionAnswer of(Job job, Optional<JsonNode> progress) {
        Optional<JobResult> result = job.fold().result();
        Optional<IngestionResult> decided =
                result.filter(unused -> job.fold().state().isObject()).map(unused -> job.state(IngestionResult.class));
        String state = state(job, result);
        return new IngestionAnswer(
                job.id().value(),
                state,
                job.fold().attempts(),
                job.fold().request(),
                progress.filter(unused -> state.equals("running")),
                result.map(JobResult::reason).filter(reason -> !reason.isEmpty()),
                decided.map(IngestionResult::entry),
                decided.flatMap(known -> known.decision().digest()),
                links(job));
    }

    private static String state(Job job, Optional<JobResult> result) {
        if (result.isPresent()) {
            return switch (result.get().outcome()) {
                case SUCCEEDED -> "succeeded";
                case FAILED -> "failed";
                case CANCELLED -> "cancelled";
            };
        }
        return job.fold().holder().isPresent() ? "running" : "waiting";
    }

    private static Map<String, String> links(Job job) {
        String self = "/ingestions/" + job.id();
        return job.fold()
                .request()
                .map(request -> Map.of(
                        "self",
                        self,
                        "dataset",
                        "/datasets/" + request.path("dataset").asText()))
                .orElseGet(() -> Map.of("self", self));
    }
}
