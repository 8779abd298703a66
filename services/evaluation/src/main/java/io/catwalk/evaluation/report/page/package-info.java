/** The report as one HTML page that is self-contained: no script, no font, no other file. */
@NullMarked
package io.catwalk.evaluation.report.page;

import org.jspecify.annotations.NullMarked;
