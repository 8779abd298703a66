/** What all protocols share of one request, whatever carries it: its model, its deadline, its prediction and its metrics. */
@NullMarked
package io.catwalk.serving.protocol.exchange;

import org.jspecify.annotations.NullMarked;
