package io.catwalk.installation.retention;

import io.catwalk.installation.retention.RetentionReport.Tally;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;

/**
 * Deletes objects that nobody stores again.
 *
 * @param delete whether it does; otherwise it only counts them
 */
record Deleter(ObjectStore store, Readers readers, boolean delete) {
    void delete(ObjectSummary object, Tally tally) throws InterruptedException {
        tally.found(object.size());
        if (delete) {
            readers.ask(() -> {
                store.delete(object.key());
                return true;
            });
            tally.deleted();
        }
    }
}
