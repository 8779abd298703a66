/** Random changes of training images, within the graph, one file for each kind. */
@NullMarked
package io.catwalk.network.augmentation;

import org.jspecify.annotations.NullMarked;
