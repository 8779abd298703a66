/** Tests of who a process is, and nodes for other tests. */
@NullMarked
package io.catwalk.chassis.node;

import org.jspecify.annotations.NullMarked;
