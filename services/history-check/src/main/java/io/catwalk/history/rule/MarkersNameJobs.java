package io.catwalk.history.rule;

import io.catwalk.history.snapshot.MarkerSnapshot;

/** Each marker and each name in the index is that of a job with a journal. */
public final class MarkersNameJobs implements Rule<MarkerSnapshot> {
    @Override
    public String name() {
        return "markers-name-jobs";
    }

    @Override
    public void check(MarkerSnapshot marker, Finder finder) {
        if (!marker.hasJournal()) {
            finder.find(
                    marker.key(),
                    "the name of a job with a journal below " + marker.kind().folder() + "/",
                    marker.name(),
                    "restore that job's journal if there was one; otherwise delete the object");
        }
    }
}
