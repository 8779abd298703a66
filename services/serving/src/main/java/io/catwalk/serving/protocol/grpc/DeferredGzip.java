package io.catwalk.serving.protocol.grpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

import io.grpc.Decompressor;

/**
 * Inflates messages as their bytes are read. grpc-java's own decompressor reads gzip's header as soon as a message is there, and a
 * damaged one then cuts the call off instead of getting the status of bad input.
 */
final class DeferredGzip implements Decompressor {
    @Override
    public String getMessageEncoding() {
        return "gzip";
    }

    @Override
    public InputStream decompress(InputStream compressed) {
        return new Inflating(compressed);
    }

    private static final class Inflating extends FilterInputStream {
        private boolean opened;

        Inflating(InputStream compressed) {
            super(compressed);
        }

        @Override
        public int read() throws IOException {
            open();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            open();
            return super.read(bytes, offset, length);
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void open() throws IOException {
            if (!opened) {
                opened = true;
                in = new GZIPInputStream(in);
            }
        }
    }
}
