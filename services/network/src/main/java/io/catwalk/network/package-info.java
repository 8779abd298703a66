/** Networks: layers, shapes and summary. Their parts are in the packages below. */
@NullMarked
package io.catwalk.network;

import org.jspecify.annotations.NullMarked;
