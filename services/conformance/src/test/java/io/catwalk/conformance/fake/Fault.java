package io.catwalk.conformance.fake;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** One way each in which a server's answers are wrong. */
public enum Fault {
    REFUSALS_ARE_OK((call, right) -> right.isOk() ? right : Reply.json("{}")),
    REFUSALS_WITHOUT_ERROR((call, right) -> right.isOk() ? right : right.text("{\"detail\":\"no\"}")),
    REFUSALS_ARE_SERVER_ERRORS((call, right) -> right.isOk() ? right : Reply.error(500, "no")),
    NOT_FOUND_IS_400((call, right) -> right.status() == 404 ? Reply.error(400, "no") : right),
    BAD_INPUT_IS_409((call, right) -> right.status() == 400 ? Reply.error(409, "no") : right),
    UNAVAILABLE_HEALTH(
            (call, right) -> call.path().startsWith("/v2/health") && right.isOk() ? Reply.empty(503) : right),
    NO_READINESS_IN_JSON(
            (call, right) -> call.path().matches(".*/(live|ready)") && right.isOk() ? Reply.empty(200) : right),
    UNREADY_MODEL((call, right) -> call.path().endsWith("/ready") && right.isOk() ? Reply.empty(503) : right),
    EMPTY_METADATA(
            (call, right) -> !call.isPost() && right.isOk() && right.body().length > 0 ? Reply.json("{}") : right),
    EMPTY_LISTS((call, right) -> call.path().matches("/v1/models|/v2/repository/index|/v2/models/stats")
            ? right.text(right.text().replace("fake", "other"))
            : right),
    UNKNOWN_STATES((call, right) ->
            right.text(right.text().replace("AVAILABLE", "THERE").replace("READY", "THERE"))),
    NOT_AVAILABLE((call, right) ->
            right.text(right.text().replace("AVAILABLE", "LOADING").replace("\"ready\":true", "\"ready\":false"))),
    VERSIONS_AS_NUMBERS((call, right) -> right.text(right.text().replace("\"3\"", "3"))),
    OTHER_VERSION((call, right) ->
            right.text(call.path().contains("/versions/3") ? right.text().replace("\"3\"", "\"4\"") : right.text())),
    OTHER_MODEL((call, right) -> right.text(right.text().replace("\"fake\"", "\"other\""))),
    TWO_VERSIONS((call, right) -> right.text(right.text()
            .replace(
                    "\"model_version_status\":[", "\"model_version_status\":[{\"version\":\"2\",\"state\":\"END\"},"))),
    NO_VERSIONS((call, right) -> call.path().contains("/versions/3") ? Reply.error(404, "no") : right),
    NO_LABELS((call, right) -> call.path().contains("/labels/") ? Reply.error(500, "no") : right),
    UNKNOWN_DATATYPES((call, right) ->
            right.text(right.text().replace("DT_FLOAT", "DT_REAL").replace("FP32", "REAL"))),
    NO_METHOD((call, right) -> right.text(right.text().replace("method_name", "method"))),
    NO_SHAPES((call, right) -> right.text(right.text()
            .replace("tensor_shape", "form")
            .replace("\"shape\"", "\"form\"")
            .replace("\"dims\"", "\"form\""))),
    OTHER_OUTPUT((call, right) ->
            right.text(call.path().endsWith("/infer") ? right.text().replace("\"y\"", "\"z\"") : right.text())),
    UNLIKE_EACH_TIME((call, right) ->
            right.text(right.text().replaceFirst("(\"data\":\\[|\\[\\[)[-.0-9E]+", "$1" + Memory.next()))),
    LESS_OUTPUTS((call, right) ->
            right.text(right.text().replaceFirst("(,[^,\\[]+)?\\]\\}\\]\\}$|,\\[[^\\]]*\\]\\]\\}$", "]}]}"))),
    PLAIN_TEXT((call, right) -> right.body().length == 0 ? right : right.with("Content-Type", "text/plain")),
    NO_ID((call, right) -> right.text(right.text().replace("\"id\"", "\"request\""))),
    MORE_OUTPUTS((call, right) -> right.text(right.text()
            .replaceFirst(
                    "\"outputs\":\\[(\\{.*\\})\\]\\}$",
                    "\"outputs\":[$1,{\"name\":\"more\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]}"))),
    FALSE_GZIP(
            (call, right) -> call.headers().getOrDefault("accept-encoding", "").contains("gzip")
                    ? right.with("Content-Encoding", "gzip")
                    : right),
    NO_GZIP((call, right) -> call.headers().containsKey("content-encoding") ? Reply.error(500, "no") : right),
    NO_CHUNKS((call, right) -> call.headers().containsKey("transfer-encoding") ? Reply.error(411, "no") : right),
    /** The suite's kept connections alone name no user agent. */
    LOST_AFTER_REFUSAL((call, right) -> {
        if (call.headers().containsKey("user-agent")) {
            return right;
        }
        return right.isOk() && !Memory.isLost(call.port()) ? right : Memory.lose(call.port(), right);
    }),
    LOST_AFTER_ANSWER(
            (call, right) -> call.headers().containsKey("user-agent") ? right : Memory.lose(call.port(), right)),
    COLUMNS_ARE_ROWS((call, right) -> call.path().startsWith("/v1")
            ? right.text(right.text().replace("\"outputs\":[", "\"predictions\":["))
            : right),
    NESTED_IS_REFUSED((call, right) -> call.text().contains("\"data\":[[") ? Reply.error(400, "no") : right),
    NAMES_ARE_REFUSED((call, right) -> call.text().contains("{\"x\":") ? Reply.error(400, "no") : right),
    SIGNATURES_ARE_REFUSED((call, right) -> call.text().contains("serving_default") ? Reply.error(400, "no") : right),
    JSON_TYPE_IS_DEMANDED((call, right) ->
            call.isPost() && !call.headers().containsKey("content-type") ? Reply.error(415, "no") : right),
    PARAMETERS_ARE_REFUSED((call, right) -> call.text().contains("no_such_parameter") ? Reply.error(400, "no") : right),
    BINARY_IS_REFUSED((call, right) ->
            call.headers().containsKey("inference-header-content-length") ? Reply.error(500, "no") : right),
    BINARY_IS_JSON((call, right) -> right.headers().containsKey("inference-header-content-length")
            ? Reply.json("{'outputs':[{'name':'y','datatype':'FP32','shape':[1,2],'data':[0,0]}]}")
            : right),
    BINARY_IS_BIG_ENDIAN(
            (call, right) -> right.headers().containsKey("inference-header-content-length") ? right.swapped() : right),
    JSON_IS_BINARY((call, right) -> call.text().contains("\"binary_data\":false") ? Reply.error(500, "no") : right),
    CLASSES_ARE_NUMBERS((call, right) -> right.text(right.text().replaceAll(":[01]:(sum|first)", ""))),
    CLASSES_ARE_UNSORTED((call, right) ->
            right.text(right.text().replace(":0:", ":9:").replace(":1:", ":0:").replace(":9:", ":1:"))),
    NO_CLASSES((call, right) -> call.text().contains("classification")
            ? Reply.json("{'outputs':[{'name':'y','datatype':'BYTES','shape':[1,0],'data':[]}]}")
            : right),
    STATISTICS_STAND_STILL((call, right) -> right.text(right.text().replaceAll("count\":[0-9]+", "count\":1"))),
    NO_EXTENSION_ROUTES(
            (call, right) -> call.path().matches(".*/(stats|config|index)") ? Reply.error(404, "no") : right),
    BOOL_BREAKS((call, right) ->
            call.text().contains("\"datatype\"") && !right.isOk() && call.text().contains("BOOL")
                    ? Reply.error(500, "no")
                    : right),
    FOREIGN_DATATYPES_BREAK(
            (call, right) -> !right.isOk() && call.text().matches("(?s).*\"datatype\":\"(U?INT.*|FP64|BYTES)\".*")
                    ? Reply.error(500, "no")
                    : right);

    private final BiFunction<Call, Reply, Reply> falsify;

    Fault(BiFunction<Call, Reply, Reply> falsify) {
        this.falsify = falsify;
    }

    /** A server that is wrong in this way alone. */
    public BiFunction<Call, Reply, Reply> falsify() {
        return falsify;
    }

    /** What a fault remembers from call to call; an enum's constants can't see its own fields. */
    private static final class Memory {
        private static final AtomicInteger COUNTER = new AtomicInteger();
        private static final Set<Integer> LOST = ConcurrentHashMap.newKeySet();

        static int next() {
            return COUNTER.incrementAndGet();
        }

        /** The right answer to a connection's first request, and none after it. */
        static Reply lose(int port, Reply right) {
            return LOST.add(port) ? right : Reply.error(503, "no");
        }

        static boolean isLost(int port) {
            return LOST.contains(port);
        }
    }
}
