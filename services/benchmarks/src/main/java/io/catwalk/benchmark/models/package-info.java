/** What many models in one serving process cost. */
@NullMarked
package io.catwalk.benchmark.models;

import org.jspecify.annotations.NullMarked;
