/** The Open Inference Protocol over gRPC, a file for each section. */
@NullMarked
package io.catwalk.conformance.grpc;

import org.jspecify.annotations.NullMarked;
