/** What a network is: its layers, their shapes and its table. Its parts live in the packages below. */
@NullMarked
package io.catwalk.network;

import org.jspecify.annotations.NullMarked;
