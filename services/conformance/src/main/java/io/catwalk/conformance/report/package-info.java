/** The results as a table, as Markdown and as JSON. */
@NullMarked
package io.catwalk.conformance.report;

import org.jspecify.annotations.NullMarked;
