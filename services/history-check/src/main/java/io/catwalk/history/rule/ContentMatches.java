package io.catwalk.history.rule;

import io.catwalk.history.snapshot.BlobSnapshot;

/** The content of each blob and checkpoint has the digest that names it. */
public final class ContentMatches implements Rule<BlobSnapshot> {
    @Override
    public String name() {
        return "content-matches";
    }

    @Override
    public void check(BlobSnapshot blob, Finder finder) {
        blob.actual()
                .filter(actual -> !actual.equals(blob.digest()))
                .ifPresent(actual -> finder.find(
                        blob.key(),
                        blob.digest() + ", as " + blob.namedBy() + " names it",
                        actual.toString(),
                        "restore it from the bucket's backup; services refuse to use it"));
    }
}
