package io.catwalk.access;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON of a key file, read strictly: {@code {"keys":[{"name", "sha256", "roles", "models"?, "requestsPerSecond"?,
 * "expires"?}]}}.
 */
public final class KeyFile {
    /** Far above 1,000 keys. */
    static final int MOST_BYTES = 1 << 20;

    private static final int MOST_SHOWN = 64;
    private static final int MOST_REQUESTS_PER_SECOND = 1_000_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Set<String> OF_FILE = Set.of("keys");
    private static final Set<String> OF_KEY =
            Set.of("name", "sha256", "roles", "models", "requestsPerSecond", "expires");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private KeyFile() {}

    /**
     * Reads a file's content.
     *
     * @throws InvalidKeyFileException naming the field, its value and its limit; a hash or what may be a key isn't shown
     */
    public static List<GrantedKey> read(byte[] content) {
        if (content.length > MOST_BYTES) {
            throw new InvalidKeyFileException(
                    "it has " + content.length + " bytes, at most " + MOST_BYTES + " are read");
        }
        JsonNode file = parse(content);
        requireFields(file, "it", "", OF_FILE);
        List<GrantedKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (JsonNode entry : array(file.path("keys"), "keys")) {
            String path = "keys[" + keys.size() + "]";
            GrantedKey key = key(entry, path);
            if (!names.add(key.name())) {
                throw new InvalidKeyFileException(path + ".name is \"" + key.name() + "\", which another key has too");
            }
            if (!hashes.add(key.sha256())) {
                throw new InvalidKeyFileException(path + ".sha256 is that of another key too");
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    /**
     * @return the name
     * @throws InvalidKeyFileException when it is no key's name
     */
    public static String requireName(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidKeyFileException(field + " is " + shown(name)
                    + ", must be 1 to 63 characters a-z, 0-9, '.', '_' and '-', the first a-z or 0-9");
        }
        return name;
    }

    /**
     * @return the role
     * @throws InvalidKeyFileException when it is none
     */
    public static Role requireRole(String field, String role) {
        return Role.named(role)
                .orElseThrow(() ->
                        new InvalidKeyFileException(field + " is " + shown(role) + ", must be one of " + Role.list()));
    }

    /**
     * @return the pattern
     * @throws InvalidKeyFileException when it is none
     */
    public static String requireModel(String field, String model) {
        if (!ModelPatterns.isValid(model)) {
            throw new InvalidKeyFileException(field + " is " + shown(model) + ", must be " + ModelPatterns.FORM);
        }
        return model;
    }

    /**
     * @return the limit
     * @throws InvalidKeyFileException when it is out of range
     */
    public static int requireRequestsPerSecond(String field, int limit) {
        if (!isRate(limit)) {
            throw badRate(field, Integer.toString(limit));
        }
        return limit;
    }

    /** A file with these keys, as JSON. */
    public static String of(List<GrantedKey> keys) {
        ObjectNode file = MAPPER.createObjectNode();
        ArrayNode entries = file.putArray("keys");
        keys.stream().map(KeyFile::object).forEach(entries::add);
        return file.toPrettyString();
    }

    /** A key's entry in a file, as JSON on one line. */
    public static String entry(GrantedKey key) {
        return object(key).toString();
    }

    private static ObjectNode object(GrantedKey key) {
        ObjectNode entry = MAPPER.createObjectNode().put("name", key.name()).put("sha256", key.sha256());
        ArrayNode roles = entry.putArray("roles");
        key.roles().stream().sorted().map(Role::text).forEach(roles::add);
        key.models().patterns().ifPresent(models -> {
            ArrayNode patterns = entry.putArray("models");
            models.forEach(patterns::add);
        });
        key.requestsPerSecond().ifPresent(limit -> entry.put("requestsPerSecond", limit));
        key.expires().ifPresent(time -> entry.put("expires", time.toString()));
        return entry;
    }

    private static JsonNode parse(byte[] content) {
        try {
            return MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            throw new InvalidKeyFileException("it isn't JSON, or names a field twice, at line %d, column %d"
                    .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new InvalidKeyFileException("it isn't JSON");
        }
    }

    private static GrantedKey key(JsonNode entry, String path) {
        requireFields(entry, path, path + ".", OF_KEY);
        return new GrantedKey(
                requireName(path + ".name", string(entry, path, "name")),
                sha256(entry, path),
                roles(entry, path),
                models(entry, path),
                requestsPerSecond(entry, path),
                expires(entry, path));
    }

    private static String sha256(JsonNode entry, String path) {
        String hash = string(entry, path, "sha256");
        if (!SHA256.matcher(hash).matches()) {
            throw new InvalidKeyFileException(path + ".sha256 has " + hash.length()
                    + " characters, must be the key's SHA-256 in 64 hexadecimal digits");
        }
        return hash.toLowerCase(Locale.ROOT);
    }

    private static Set<Role> roles(JsonNode entry, String path) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        List<String> texts = strings(entry.path("roles"), path + ".roles");
        for (int index = 0; index < texts.size(); index++) {
            roles.add(requireRole(path + ".roles[" + index + "]", texts.get(index)));
        }
        if (roles.isEmpty()) {
            throw new InvalidKeyFileException(path + ".roles is [], must name one of " + Role.list() + " at least");
        }
        return roles;
    }

    private static ModelPatterns models(JsonNode entry, String path) {
        if (!entry.has("models")) {
            return ModelPatterns.ALL;
        }
        List<String> models = strings(entry.path("models"), path + ".models");
        for (int index = 0; index < models.size(); index++) {
            requireModel(path + ".models[" + index + "]", models.get(index));
        }
        return ModelPatterns.of(models);
    }

    private static OptionalInt requestsPerSecond(JsonNode entry, String path) {
        JsonNode limit = entry.path("requestsPerSecond");
        if (limit.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!limit.isInt() || !isRate(limit.intValue())) {
            throw badRate(path + ".requestsPerSecond", shown(limit));
        }
        return OptionalInt.of(limit.intValue());
    }

    private static boolean isRate(int requestsPerSecond) {
        return requestsPerSecond >= 1 && requestsPerSecond <= MOST_REQUESTS_PER_SECOND;
    }

    private static InvalidKeyFileException badRate(String field, String shown) {
        return new InvalidKeyFileException(
                field + " is " + shown + ", must be a whole number from 1 to " + MOST_REQUESTS_PER_SECOND);
    }

    private static Optional<Instant> expires(JsonNode entry, String path) {
        if (!entry.has("expires")) {
            return Optional.empty();
        }
        String text = string(entry, path, "expires");
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new InvalidKeyFileException(
                    path + ".expires is " + shown(text) + ", must be a time of RFC 3339, as 2027-01-01T00:00:00Z");
        }
    }

    /** The name of an unknown field is shown, never its value. */
    private static void requireFields(JsonNode object, String what, String prefix, Set<String> known) {
        if (!object.isObject()) {
            throw new InvalidKeyFileException(what + " must be a JSON object");
        }
        object.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw new InvalidKeyFileException(prefix + (field.startsWith(ApiKey.PREFIX) ? "cw_..." : shown(field))
                        + " is unknown, must be one of "
                        + known.stream().sorted().toList());
            }
        });
    }

    private static JsonNode array(JsonNode node, String path) {
        if (!node.isArray()) {
            throw new InvalidKeyFileException(
                    path + (node.isMissingNode() ? " is missing" : " isn't an array") + ", must be an array");
        }
        return node;
    }

    private static List<String> strings(JsonNode node, String path) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(node, path)) {
            if (!element.isTextual()) {
                throw new InvalidKeyFileException(path + "[" + texts.size() + "] must be a string");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private static String string(JsonNode entry, String path, String field) {
        JsonNode value = entry.path(field);
        if (!value.isTextual()) {
            throw new InvalidKeyFileException(path + "." + field
                    + (value.isMissingNode() ? " is missing" : " isn't a string") + ", must be a string");
        }
        return value.textValue();
    }

    private static String shown(String text) {
        return shown(MAPPER.getNodeFactory().textNode(text));
    }

    /** Nothing that may be a key. */
    private static String shown(JsonNode value) {
        if (value.isTextual() && value.textValue().contains(ApiKey.PREFIX)) {
            return "a string with " + ApiKey.PREFIX;
        }
        String text = value.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }
}
