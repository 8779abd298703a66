package io.catwalk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** What a client signs its requests to the store with. */
record StoreKeys(String accessKey, String secretKey) {
    private static final String ACCESS_KEY = "catwalk";
    private static final int SECRET_BYTES = 20;

    /** The keys of a stack's folder, read from a file that only its owner may read, or generated. */
    static StoreKeys of(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[SECRET_BYTES];
                random.nextBytes(secret);
                write(file, ACCESS_KEY + "\n" + HexFormat.of().formatHex(secret) + "\n");
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != 2) {
                throw new StackSetupException(file + " must hold an access key and a secret key, a line each");
            }
            return new StoreKeys(lines.get(0), lines.get(1));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read or write " + file, e);
        }
    }

    private static void write(Path file, String content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(fresh, options, ownerOnly)) {
            channel.write(StandardCharsets.UTF_8.encode(content));
        }
        Files.move(fresh, file);
    }
}
