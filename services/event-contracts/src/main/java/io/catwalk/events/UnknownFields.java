package io.catwalk.events;

import com.google.protobuf.util.JsonFormat;

/** What becomes of fields and enum names in JSON that their message doesn't have. */
enum UnknownFields {
    /** A later version may have written them. */
    IGNORED(JsonFormat.parser().ignoringUnknownFields()),
    /** Their author meant something else. */
    REFUSED(JsonFormat.parser());

    private final JsonFormat.Parser parser;

    UnknownFields(JsonFormat.Parser parser) {
        this.parser = parser;
    }

    JsonFormat.Parser parser() {
        return parser;
    }
}
