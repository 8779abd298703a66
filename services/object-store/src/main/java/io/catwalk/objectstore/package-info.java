/** The bucket that all services share: its layout as typed keys, blobs by digest, and create-if-absent. */
@NullMarked
package io.catwalk.objectstore;

import org.jspecify.annotations.NullMarked;
