/** Where this machine has Fashion-MNIST. JDK only. */
@NullMarked
package io.catwalk.local.dataset;

import org.jspecify.annotations.NullMarked;
