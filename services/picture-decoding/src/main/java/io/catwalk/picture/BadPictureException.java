package io.catwalk.picture;

/** A file that isn't a picture within the limits; the message says why, without the file's name. It has no stack trace. */
public final class BadPictureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    BadPictureException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static BadPictureException unsupported(String message) {
        return new BadPictureException(Reason.UNSUPPORTED, message);
    }

    static BadPictureException tooLarge(String message) {
        return new BadPictureException(Reason.TOO_LARGE, message);
    }

    static BadPictureException damaged(String message) {
        return new BadPictureException(Reason.DAMAGED, message);
    }

    static BadPictureException incomplete(PictureFormat format, byte[] content) {
        return damaged("the " + format + " picture is incomplete or damaged: its " + content.length
                + " bytes don't reach its end");
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong with a picture. */
    public enum Reason {
        /** Another format, or a kind of it that isn't read. */
        UNSUPPORTED,
        /** Over a limit. */
        TOO_LARGE,
        /** Damaged or incomplete. */
        DAMAGED
    }
}
