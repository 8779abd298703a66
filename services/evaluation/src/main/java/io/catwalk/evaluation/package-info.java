/** The evaluation service: scores what was trained, keeps the registry, and decides what is promoted. */
@NullMarked
package io.catwalk.evaluation;

import org.jspecify.annotations.NullMarked;
