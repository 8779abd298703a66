package io.catwalk.installation.retention;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Finds everything in a document that might be a digest: each 64 lower-case hex digits, whatever the field, the format and its release.
 * What it finds too much keeps a blob that nobody needs.
 */
final class DigestScanner {
    private static final int DIGITS = 64;
    private static final int BUFFER = 1 << 16;

    private DigestScanner() {}

    /** @throws IOException when reading breaks off */
    static void scan(InputStream document, Consumer<String> found) throws IOException {
        byte[] buffer = new byte[BUFFER];
        StringBuilder digits = new StringBuilder(DIGITS);
        for (int read = document.read(buffer); read >= 0; read = document.read(buffer)) {
            for (int i = 0; i < read; i++) {
                next((char) buffer[i], digits, found);
            }
        }
    }

    private static void next(char character, StringBuilder digits, Consumer<String> found) {
        if (!(character >= '0' && character <= '9' || character >= 'a' && character <= 'f')) {
            digits.setLength(0);
            return;
        }
        if (digits.length() == DIGITS) {
            digits.deleteCharAt(0);
        }
        digits.append(character);
        if (digits.length() == DIGITS) {
            found.accept(digits.toString());
        }
    }
}
