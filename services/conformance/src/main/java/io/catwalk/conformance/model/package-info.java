/** The model that a server is tried with: its tensors, and valid inputs for them. */
@NullMarked
package io.catwalk.conformance.model;

import org.jspecify.annotations.NullMarked;
