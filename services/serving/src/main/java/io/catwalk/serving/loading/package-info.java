/** Brings the versions that labels point at into memory, tries them before any traffic, and swaps them in. */
@NullMarked
package io.catwalk.serving.loading;

import org.jspecify.annotations.NullMarked;
