package io.catwalk.training.run;

import io.catwalk.events.request.TrainingRequest;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.LoopProgress;

/** Follows the runs that this process works on. */
public interface RunObserver {
    /**
     * This process begins to work on the run.
     *
     * @param device as {@code RuntimeEnvironment} names it
     */
    void workBegun(TrainingRequest request, String device);

    /** The work made progress; called several times a second. */
    void progressed(TrainingRequest request, LoopProgress progress);

    /** An epoch is done here, or was by an earlier trainer of the run. */
    void epochDone(TrainingRequest request, EpochFigures figures);

    /** This process's work on the run is over, for whatever cause. */
    void workEnded(TrainingRequest request);
}
