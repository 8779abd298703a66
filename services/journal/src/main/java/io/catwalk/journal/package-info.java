/**
 * Append-only journals on the object store: what anything long has decided, once. A journal is a folder of small objects
 * {@code NNNNNNNN.json}; entry n+1 is appended by creating it, and the store lets exactly one writer create it.
 */
@NullMarked
package io.catwalk.journal;

import org.jspecify.annotations.NullMarked;
