/** Steps and scores of one network: the session that a training loop drives. */
@NullMarked
package io.catwalk.network.training;

import org.jspecify.annotations.NullMarked;
