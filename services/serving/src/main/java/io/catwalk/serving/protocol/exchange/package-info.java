/** What all protocols share of one request: its body, its model, its deadline, its answer and its metrics. */
@NullMarked
package io.catwalk.serving.protocol.exchange;

import org.jspecify.annotations.NullMarked;
