package io.catwalk.history.rule;

import io.catwalk.history.snapshot.BlobSnapshot;

/** Each digest that an entry, a manifest, a report or an event names is that of a stored blob. */
public final class DigestsStored implements Rule<BlobSnapshot> {
    @Override
    public String name() {
        return "digests-stored";
    }

    @Override
    public void check(BlobSnapshot blob, Finder finder) {
        if (!blob.exists()) {
            finder.find(
                    blob.key(),
                    "a blob, as " + blob.namedBy() + " names it",
                    "nothing",
                    "restore it from the bucket's backup; a dataset's comes back when it is ingested again");
        }
    }
}
