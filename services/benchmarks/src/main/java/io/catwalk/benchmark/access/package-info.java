/** What access control costs. */
@NullMarked
package io.catwalk.benchmark.access;

import org.jspecify.annotations.NullMarked;
