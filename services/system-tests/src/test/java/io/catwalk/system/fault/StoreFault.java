package io.catwalk.system.fault;

/** What becomes of one request to the store. */
public sealed interface StoreFault {
    /** Nothing happens to it. */
    record None() implements StoreFault {}

    /** The connection is reset before the store has heard of it. */
    record Reset() implements StoreFault {}

    /** The connection is reset in the midst of the request's body. */
    record BodyCut() implements StoreFault {}

    /** The store does it, and the connection is reset in the midst of the answer's body. */
    record AnswerCut() implements StoreFault {}

    /** The store does it, and the connection is reset before the answer. */
    record AnswerLost() implements StoreFault {}

    /** It is answered in the store's place. */
    record Refused(int status, String code) implements StoreFault {}

    /** It isn't answered, until its client gives up. */
    record Ignored() implements StoreFault {}

    StoreFault NONE = new None();
    StoreFault RESET = new Reset();
    StoreFault BODY_CUT = new BodyCut();
    StoreFault ANSWER_CUT = new AnswerCut();
    StoreFault ANSWER_LOST = new AnswerLost();
    StoreFault UNAVAILABLE = new Refused(503, "SlowDown");
    StoreFault FORBIDDEN = new Refused(403, "AccessDenied");
    /** As MinIO says that its disks are full. */
    StoreFault FULL = new Refused(507, "XMinioStorageFull");

    StoreFault IGNORED = new Ignored();
}
