/** The pages, one resource each. */
@NullMarked
package io.catwalk.console.page;

import org.jspecify.annotations.NullMarked;
