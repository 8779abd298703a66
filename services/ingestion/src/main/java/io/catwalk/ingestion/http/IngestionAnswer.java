package io.catwalk.ingestion.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.ingestion.job.IngestionResult;
import io.catwalk.journal.Asker;
import io.catwalk.journal.job.Job;
import io.catwalk.objectstore.Name;

/**
 * An ingestion.
 *
 * @param state {@code waiting}, {@code open}, {@code running}, {@code succeeded}, {@code failed}, {@code cancelled} or
 *     {@code unreadable}
 * @param attempts how often a replica took it
 * @param request as it was received; absent when a cancel came before it
 * @param askedBy who asked for it
 * @param cancelledBy who asked for its end
 * @param progress what the work last showed, while it is running
 * @param reason why it waits, didn't succeed or can't be read
 * @param entry the number of its entry in the dataset's decision journal
 * @param digest of the manifest, if the dataset is ready
 * @param links by what they lead to; to the dataset once its decision journal has an entry of this ingestion
 */
public record IngestionAnswer(
        String ingestionId,
        String state,
        int attempts,
        Optional<JsonNode> request,
        Optional<Asker> askedBy,
        Optional<Asker> cancelledBy,
        Optional<JsonNode> progress,
        Optional<String> reason,
        Optional<Long> entry,
        Optional<String> digest,
        Map<String, String> links) {
    public IngestionAnswer {
        links = Map.copyOf(links);
    }

    /** @param progress what the work last showed */
    static IngestionAnswer of(Listed ingestion, Optional<JsonNode> progress) {
        return ingestion
                .job()
                .map(job -> of(ingestion, job, progress))
                .orElseGet(() -> unreadable(ingestion, ingestion.reason()));
    }

    /** An ingestion of which only its place is known. */
    static IngestionAnswer unreadable(Listed ingestion, String reason) {
        return new IngestionAnswer(
                ingestion.id().value(),
                state(JobLife.UNREADABLE),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason),
                Optional.empty(),
                Optional.empty(),
                links(ingestion.id()));
    }

    private static IngestionAnswer of(Listed ingestion, Job job, Optional<JsonNode> progress) {
        Optional<IngestionResult> decided = job.fold()
                .result()
                .filter(unused -> job.fold().state().isObject())
                .map(unused -> job.state(IngestionResult.class));
        return new IngestionAnswer(
                job.id().value(),
                state(ingestion.life()),
                job.fold().attempts(),
                job.fold().request(),
                job.fold().askedBy(),
                job.fold().cancelledBy(),
                progress.filter(unused -> ingestion.life() == JobLife.RUNNING),
                Optional.of(ingestion.reason()).filter(reason -> !reason.isEmpty()),
                decided.map(IngestionResult::entry),
                decided.flatMap(known -> known.decision().digest()),
                links(job, decided));
    }

    static Map<String, String> links(Name ingestion) {
        String self = "/ingestions/" + ingestion;
        return Map.of("self", self, "cancel", self + "/cancel");
    }

    private static String state(JobLife life) {
        return switch (life) {
            case WAITING -> "waiting";
            case OPEN -> "open";
            case RUNNING -> "running";
            case COMPLETED -> "succeeded";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case UNREADABLE -> "unreadable";
        };
    }

    private static Map<String, String> links(Job job, Optional<IngestionResult> decided) {
        Map<String, String> links = new HashMap<>(links(job.id()));
        job.fold()
                .request()
                .filter(unused -> decided.isPresent())
                .map(request -> request.path("dataset").asText())
                .ifPresent(dataset -> links.put("dataset", "/datasets/" + dataset));
        return links;
    }
}
