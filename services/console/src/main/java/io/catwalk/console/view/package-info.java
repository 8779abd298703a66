/** How values are shown. */
@NullMarked
package io.catwalk.console.view;

import org.jspecify.annotations.NullMarked;
