/** A real browser, and what it finds wrong with a page. */
@NullMarked
package io.catwalk.system.browser;

import org.jspecify.annotations.NullMarked;
