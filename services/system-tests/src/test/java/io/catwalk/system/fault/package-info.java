/** Faults, and the means to cause them: proxies before broker and store. */
@NullMarked
package io.catwalk.system.fault;

import org.jspecify.annotations.NullMarked;
