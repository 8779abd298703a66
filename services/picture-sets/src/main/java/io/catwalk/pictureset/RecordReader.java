package io.catwalk.pictureset;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

import io.catwalk.dataset.BadDatasetException;

/** Ends a parser that reads too much for one record, which it holds in memory: a quote that is never closed. */
final class RecordReader extends FilterReader {
    /** Characters of a record, and of what the parser reads ahead. */
    private static final int MOST = 1 << 16;

    private long line = 1;
    private int left = MOST;

    RecordReader(Reader source) {
        super(source);
    }

    /** @param next the line at which the next record begins */
    void begin(long next) {
        line = next;
        left = MOST;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        left -= Math.max(read, 0);
        if (left < 0) {
            throw new BadDatasetException("the list of labels, line " + line + ": it has more than " + MOST
                    + " characters, or a quote without an end");
        }
        return read;
    }
}
