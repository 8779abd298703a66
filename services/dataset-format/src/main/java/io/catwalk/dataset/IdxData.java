package io.catwalk.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** One IDX file in memory, with the digest of its uncompressed content. */
record IdxData(String name, IdxHeader header, byte[] body, DatasetFile file) {
    static IdxData read(IdxKind kind, String name, InputStream in, IdxLimits limits) throws IOException {
        try (IdxReader reader = IdxReader.open(kind, name, in, limits)) {
            byte[] body = reader.readBody();
            return new IdxData(name, reader.header(), body, describe(reader.header(), body));
        }
    }

    private static DatasetFile describe(IdxHeader header, byte[] body) {
        MessageDigest sha256 = Sha256.begin();
        sha256.update(header.encoded());
        sha256.update(body);
        return new DatasetFile(Sha256.finish(sha256), header.fileBytes());
    }
}
