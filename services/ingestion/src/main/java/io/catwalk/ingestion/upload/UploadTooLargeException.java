package io.catwalk.ingestion.upload;

/** An upload of more bytes than an archive may have. */
public final class UploadTooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    UploadTooLargeException(long most) {
        super("the body has more than " + most
                + " bytes, the most that catwalk.ingestion.pictures.max-archive-size allows");
    }
}
