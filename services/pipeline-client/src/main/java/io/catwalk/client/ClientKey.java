package io.catwalk.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The API key, or another bearer token, that a client shows. It isn't part of any message. */
public final class ClientKey {
    /** For services that ask for none. */
    public static final ClientKey NONE = new ClientKey(Optional.empty());

    /** The variable that holds a key. */
    public static final String VARIABLE = "CATWALK_API_KEY";

    /** The variable that names a file with the key alone. */
    public static final String FILE_VARIABLE = "CATWALK_API_KEY_FILE";

    /** RFC 6750's form of a token. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final Optional<String> token;

    private ClientKey(Optional<String> token) {
        this.token = token;
    }

    /**
     * That of the variables {@link #VARIABLE}, else {@link #FILE_VARIABLE}; none where neither is set.
     *
     * @throws IllegalArgumentException naming the variable when there is no key in it
     */
    public static ClientKey of(Map<String, String> environment) {
        String key = environment.getOrDefault(VARIABLE, "");
        String file = environment.getOrDefault(FILE_VARIABLE, "");
        if (!key.isEmpty()) {
            return new ClientKey(Optional.of(require(VARIABLE, key)));
        }
        return file.isEmpty() ? NONE : new ClientKey(Optional.of(read(file)));
    }

    private static String read(String file) {
        try {
            return require(FILE_VARIABLE, Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException(FILE_VARIABLE + " is " + file + ", which can't be read: " + e, e);
        }
    }

    private static String require(String variable, String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    variable + " must hold a key alone, A-Z, a-z, 0-9, '.', '_', '~', '+', '/', '-'");
        }
        return token;
    }

    /** The value of the header {@code Authorization}. */
    Optional<String> authorization() {
        return token.map(text -> "Bearer " + text);
    }

    @Override
    public String toString() {
        return token.isPresent() ? "a key" : "no key";
    }
}
