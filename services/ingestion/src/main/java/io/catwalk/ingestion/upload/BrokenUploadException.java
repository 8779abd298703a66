package io.catwalk.ingestion.upload;

import java.io.IOException;

/** The client's bytes ended before they were all there. */
public final class BrokenUploadException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenUploadException(IOException cause) {
        super("the body broke off: " + cause.getMessage(), cause);
    }
}
