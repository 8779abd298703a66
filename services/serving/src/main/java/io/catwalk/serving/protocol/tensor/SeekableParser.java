package io.catwalk.serving.protocol.tensor;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;

/** A parser of JSON in UTF-8, between whose tokens one can read the bytes oneself. */
final class SeekableParser extends UTF8StreamJsonParser {
    private SeekableParser(
            IOContext context, int features, ByteQuadsCanonicalizer symbols, byte[] json, int offset, int length) {
        super(context, features, null, null, symbols, json, offset, offset + length, 0, false);
    }

    byte[] json() {
        return _inputBuffer;
    }

    /** The first byte that isn't JSON any more. */
    int end() {
        return _inputEnd;
    }

    /** The byte after the current token. */
    int position() {
        return _inputPtr;
    }

    /** Goes on at another byte of the same array or object, between two of its elements or at its end. */
    void moveTo(int position) {
        _inputPtr = position;
    }

    /** Makes such parsers of what is in UTF-8, and Jackson's own of what may be in another encoding. */
    @SuppressWarnings("serial")
    static final class Factory extends JsonFactory {
        private static final int TELLING_BYTES = 4;

        Factory(JsonFactoryBuilder settings) {
            super(settings);
        }

        @Override
        protected JsonParser _createParser(byte[] json, int offset, int length, IOContext context) throws IOException {
            if (!isUtf8(json, offset, length)) {
                return super._createParser(json, offset, length, context);
            }
            return new SeekableParser(
                    context,
                    _parserFeatures,
                    _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures),
                    json,
                    offset,
                    length);
        }

        /** JSON begins with ASCII: in UTF-8 its first bytes are neither 0 nor a byte order mark. */
        private static boolean isUtf8(byte[] json, int offset, int length) {
            if (length < TELLING_BYTES) {
                return false;
            }
            for (int at = offset; at < offset + TELLING_BYTES; at++) {
                if (json[at] == 0) {
                    return false;
                }
            }
            return json[offset] > 0;
        }
    }
}
