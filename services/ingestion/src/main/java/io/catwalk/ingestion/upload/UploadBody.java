package io.catwalk.ingestion.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A client's bytes, whose failures are told from those of the file that they go into. */
final class UploadBody extends FilterInputStream {
    UploadBody(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws BrokenUploadException {
        try {
            return super.read();
        } catch (IOException e) {
            throw new BrokenUploadException(e);
        }
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws BrokenUploadException {
        try {
            return super.read(bytes, from, most);
        } catch (IOException e) {
            throw new BrokenUploadException(e);
        }
    }
}
