package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Subject;

/** {@code statistics}: what each model has done. */
public final class StatisticsSection {
    private static final List<String> DURATIONS =
            List.of("success", "fail", "queue", "compute_input", "compute_infer", "compute_output");

    private StatisticsSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Statistics",
                "Triton, docs/protocol/extension_statistics.md",
                Extension.route("statistics", StatisticsSection::ofModel),
                List.of(
                        required("a model's statistics have counts and durations", StatisticsSection::form),
                        required("a success counts", StatisticsSection::success),
                        required("rows count as inferences", StatisticsSection::inferences),
                        required("all models' statistics have this model's", StatisticsSection::all),
                        required(
                                "a version has statistics",
                                subject -> subject.http()
                                        .get(InferApi.path(subject.model()) + "/versions/" + subject.version()
                                                + "/stats")
                                        .requireOk()
                                        .shown()),
                        required(
                                "an unknown model's are refused",
                                subject -> subject.http()
                                        .get("/v2/models/" + Subject.UNKNOWN_MODEL + "/stats")
                                        .requireRefusal()
                                        .shown())));
    }

    private static Answer ofModel(Subject subject) throws IOException {
        return subject.http().get(InferApi.path(subject.model()) + "/stats");
    }

    private static JsonNode statistics(Answer answer) {
        JsonNode models = answer.requireOk().json().path("model_stats");
        answer.require(models.isArray() && !models.isEmpty(), "an array model_stats");
        return models;
    }

    private static String form(Subject subject) throws IOException {
        Answer answer = ofModel(subject);
        for (JsonNode version : statistics(answer)) {
            answer.require(version.path("name").asText().equals(subject.model().name()), "the model's name")
                    .require(version.path("version").isTextual(), "version as a string")
                    .require(version.path("inference_count").isIntegralNumber(), "inference_count")
                    .require(version.path("execution_count").isIntegralNumber(), "execution_count");
            for (String duration : DURATIONS) {
                JsonNode durations = version.path("inference_stats").path(duration);
                answer.require(
                        durations.path("count").isIntegralNumber()
                                && durations.path("ns").isIntegralNumber(),
                        "count and ns of " + duration);
            }
        }
        return answer.shown();
    }

    private static long sum(Subject subject, String pointer) throws IOException {
        long sum = 0;
        for (JsonNode version : statistics(ofModel(subject))) {
            sum += version.at(pointer).asLong();
        }
        return sum;
    }

    private static String success(Subject subject) throws IOException {
        return requireGrowth(subject, "/inference_stats/success/count", 1, 1);
    }

    private static String inferences(Subject subject) throws IOException {
        subject.requireBatches();
        return requireGrowth(subject, "/inference_count", 3, 3);
    }

    /** Others may call the server too, so that it may grow by more. */
    private static String requireGrowth(Subject subject, String pointer, int rows, int least) throws IOException {
        long before = sum(subject, pointer);
        InferApi.infer(subject, InferApi.request(subject.model(), rows)).requireOk();
        long after = sum(subject, pointer);
        ofModel(subject).require(after >= before + least, "%s of %d or more".formatted(pointer, before + least));
        return before + " -> " + after;
    }

    private static String all(Subject subject) throws IOException {
        Answer answer = subject.http().get("/v2/models/stats");
        for (JsonNode version : statistics(answer)) {
            if (version.path("name").asText().equals(subject.model().name())) {
                return version.toString();
            }
        }
        return answer.require(false, "statistics of " + subject.model().name()).shown();
    }
}
