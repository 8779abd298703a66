/** The Open Inference Protocol over REST. Source: KServe, docs/predict-api/v2; Triton, docs/protocol. */
@NullMarked
package io.catwalk.serving.protocol.v2;

import org.jspecify.annotations.NullMarked;
