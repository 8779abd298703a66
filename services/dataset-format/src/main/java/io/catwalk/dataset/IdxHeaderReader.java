package io.catwalk.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads and checks the head of an IDX file, field by field. */
final class IdxHeaderReader {
    private static final int GZIP = 0x1f8b;

    private final IdxKind kind;
    private final String file;
    private final InputStream content;
    private final IdxLimits limits;
    private int offset;

    private IdxHeaderReader(IdxKind kind, String file, InputStream content, IdxLimits limits) {
        this.kind = kind;
        this.file = file;
        this.content = content;
        this.limits = limits;
    }

    static IdxHeader read(IdxKind kind, String file, InputStream content, IdxLimits limits) throws IOException {
        return new IdxHeaderReader(kind, file, content, limits).read();
    }

    private IdxHeader read() throws IOException {
        int rank = readMagic();
        List<Integer> dimensions = new ArrayList<>();
        dimensions.add(dimension("count", Math.min(limits.maxCount(), IdxHeader.MAX_COUNT)));
        if (rank > 1) {
            dimensions.add(dimension("height", limits.maxSide()));
            dimensions.add(dimension("width", limits.maxSide()));
        }
        if (rank > 3) {
            dimensions.add(channels());
        }
        IdxHeader header = new IdxHeader(dimensions);
        if (header.fileBytes() > limits.maxBytes()) {
            throw bad(
                    4,
                    "dimensions",
                    dimensions + " make " + header.fileBytes() + " bytes, must be at most " + limits.maxBytes());
        }
        return header;
    }

    private int readMagic() throws IOException {
        int zeros = next("magic") << 8 | next("magic");
        if (zeros == GZIP) {
            throw bad(0, "magic", "1f8b, a gzip file inside the gzip file; it must be compressed once");
        }
        int type = next("type");
        int rank = next("rank");
        if (rank == 0 && type == 0 && (zeros & 0xff) == IdxHeader.UNSIGNED_BYTE) {
            throw bad(0, "magic", "the header is little-endian, must be big-endian");
        }
        if (zeros != 0) {
            throw bad(0, "magic", "%04x, must be 0000: not an IDX file".formatted(zeros));
        }
        if (type != IdxHeader.UNSIGNED_BYTE) {
            throw bad(2, "type", "%02x (%s), must be 08 (unsigned byte)".formatted(type, typeName(type)));
        }
        if (!kind.allows(rank)) {
            throw bad(3, "rank", rank + found(rank) + ", must be " + kind.ranks());
        }
        return rank;
    }

    private static String found(int rank) {
        if (IdxKind.LABELS.allows(rank)) {
            return " (labels)";
        }
        return IdxKind.IMAGES.allows(rank) ? " (images)" : "";
    }

    private static String typeName(int type) {
        return switch (type) {
            case 0x09 -> "signed byte";
            case 0x0b -> "short";
            case 0x0c -> "int";
            case 0x0d -> "float";
            case 0x0e -> "double";
            default -> "unknown";
        };
    }

    private int channels() throws IOException {
        int channels = next("channels") << 24 | next("channels") << 16 | next("channels") << 8 | next("channels");
        if (channels != 1 && channels != 3) {
            throw bad(
                    offset - 4,
                    "channels",
                    Integer.toUnsignedString(channels) + ", must be 1 (grey) or 3 (red, green, blue)");
        }
        return channels;
    }

    private int dimension(String field, int max) throws IOException {
        int value = next(field) << 24 | next(field) << 16 | next(field) << 8 | next(field);
        if (value < 1 || value > max) {
            throw bad(offset - 4, field, Integer.toUnsignedString(value) + ", must be 1 to " + max + hint(value, max));
        }
        return value;
    }

    private static String hint(int value, int max) {
        int reversed = Integer.reverseBytes(value);
        return reversed >= 1 && reversed <= max ? " (as little-endian it would be " + reversed + ")" : "";
    }

    private int next(String field) throws IOException {
        int value = content.read();
        if (value < 0) {
            throw bad(offset, field, "the file ends within the header" + (offset == 0 ? ": it is empty" : ""));
        }
        offset++;
        return value;
    }

    private BadIdxException bad(int at, String field, String problem) {
        return new BadIdxException(file, "byte " + at + " (" + field + ")", problem);
    }
}
