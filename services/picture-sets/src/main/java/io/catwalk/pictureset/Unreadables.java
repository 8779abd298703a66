package io.catwalk.pictureset;

import java.util.ArrayList;
import java.util.List;

import io.catwalk.dataset.BadDatasetException;

/** What couldn't be read of a set: how many, and the first of them with their reasons. */
final class Unreadables {
    private static final int MOST_NAMED = 50;

    private final double allowedShare;
    private final List<String> named = new ArrayList<>();
    private int count;

    /** @param allowedShare of all files, 0 to 1 */
    Unreadables(double allowedShare) {
        this.allowedShare = allowedShare;
    }

    /** @throws BadDatasetException when none is allowed and as many are known as can be named */
    void add(String name, String reason) {
        count++;
        if (named.size() < MOST_NAMED) {
            named.add(name + ": " + reason);
        } else if (allowedShare == 0) {
            throw new BadDatasetException("more than %d files can't be read, and none may be skipped: %s"
                    .formatted(MOST_NAMED, String.join("; ", named)));
        }
    }

    int count() {
        return count;
    }

    List<String> named() {
        return List.copyOf(named);
    }

    /**
     * @param read how many could be read
     * @throws BadDatasetException for more unreadable ones than are allowed, which it names
     */
    void requireShare(int read) {
        double share = (double) count / Math.max(1, read + count);
        if (share > allowedShare) {
            throw new BadDatasetException("%d of %d files can't be read, at most %s of them may be skipped: %s%s"
                    .formatted(
                            count,
                            read + count,
                            allowedShare,
                            String.join("; ", named),
                            count > named.size() ? "; and " + (count - named.size()) + " more" : ""));
        }
    }
}
