package io.catwalk.history.content;

import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.objectstore.Digest;

/**
 * Finds the digests of blobs in a JSON document: each text that is a whole digest, but those of fields that name something else. A
 * field that a later release adds is so taken for a blob's.
 */
final class NamedDigests {
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

    /**
     * Of the request, of the weights alone and of the manifest of a version there is no blob; a checkpoint lies with its run. Of
     * an archive of pictures there is no blob. What a request says is its sender's.
     */
    private static final Set<String> NO_BLOBS = Set.of(
            "request",
            "requestDigest",
            "archive",
            "weights",
            "weightsDigest",
            "manifestDigest",
            "checkpoint",
            "checkpoints",
            "checkpointDigest");

    private NamedDigests() {}

    static void find(JsonNode document, Consumer<NamedDigest> found) {
        find("", document, found);
    }

    private static void find(String path, JsonNode node, Consumer<NamedDigest> found) {
        if (node.isTextual()) {
            var digest = DIGEST.matcher(node.textValue());
            if (digest.matches()) {
                found.accept(new NamedDigest(path, new Digest(digest.group(1))));
            }
        } else if (node.isObject()) {
            node.properties().forEach(field -> {
                if (!NO_BLOBS.contains(field.getKey())) {
                    find(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), found);
                }
            });
        } else if (node.isArray()) {
            node.forEach(element -> find(path, element, found));
        }
    }
}
