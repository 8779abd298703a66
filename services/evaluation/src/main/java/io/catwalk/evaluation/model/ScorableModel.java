package io.catwalk.evaluation.model;

import io.catwalk.evaluation.scoring.BatchClassifier;
import io.catwalk.network.inference.ModelSignature;

/** A loaded model; it holds native memory until it is closed. */
public interface ScorableModel extends BatchClassifier, AutoCloseable {
    ModelSignature signature();

    @Override
    void close();
}
